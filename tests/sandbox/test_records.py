"""What can only be read: charges, the balance, events; and webhook endpoints."""

import pytest
import stripe

from tests.sandbox.making import Api, make_customer, make_intent, make_paid_intent
from tests.sandbox.receiver import Receiver
from tests.sandbox_process import SandboxProcess

DAY_S = 24 * 3600


def test_a_charge_is_described_but_not_made(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_paid_intent(api)

    changed = api.charges.update(
        intent.latest_charge,
        {"description": "Voyance", "fraud_details": {"user_report": "safe"}},
    )

    assert changed.description == "Voyance"
    assert changed.fraud_details.user_report == "safe"
    with pytest.raises(stripe.InvalidRequestError):
        api.charges.create({"amount": 100, "currency": "eur"})


def test_charges_are_listed_by_customer(api: Api) -> None:
    customer = make_customer(api)
    mine = make_paid_intent(api, customer=customer.id)
    make_paid_intent(api)

    listed = api.charges.list({"customer": customer.id})

    assert [charge.id for charge in listed.data] == [mine.latest_charge]


def test_the_balance_lists_what_came_and_went(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_paid_intent(api)
    sandbox.wait_until_idle()
    api.refunds.create({"payment_intent": intent.id, "amount": 1000})

    moved = api.balance_transactions.list()
    of_charge = api.balance_transactions.list({"source": intent.latest_charge})

    assert [item.amount for item in moved.data] == [-1000, 7900]
    assert [item.type for item in moved.data] == ["refund", "charge"]
    assert of_charge.data[0].net == 7900 - of_charge.data[0].fee
    assert api.balance_transactions.retrieve(moved.data[0].id).amount == -1000


def test_events_are_read_again_by_id_and_by_type(api: Api) -> None:
    make_paid_intent(api)

    [event] = api.events.list({"type": "payment_intent.succeeded"}).data
    two = api.events.list({"types": ["payment_intent.created", "charge.succeeded"]})
    group = api.events.list({"type": "payment_intent.*"})

    assert api.events.retrieve(event.id).data.object["status"] == "succeeded"
    assert len(two.data) == 2
    assert len(group.data) == 2
    assert event.api_version == "2026-10-28.endive"
    assert event.livemode is False


def test_an_event_tells_what_was_true_when_it_happened(api: Api) -> None:
    intent = make_intent(api)
    api.payment_intents.cancel(intent.id)

    [event] = api.events.list({"type": "payment_intent.created"}).data

    assert event.data.object["status"] == "requires_payment_method"


def test_events_are_kept_for_30_days(api: Api, sandbox: SandboxProcess) -> None:
    make_intent(api)
    [event] = api.events.list().data

    sandbox.advance(31 * DAY_S)

    assert api.events.list().data == []
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.events.retrieve(event.id)
    assert refusal.value.http_status == 404


def test_events_that_could_not_be_delivered_are_found(
    api: Api, sandbox: SandboxProcess, shop: Receiver
) -> None:
    make_intent(api)
    sandbox.wait_until_idle()
    sandbox.webhooks(False)
    lost = make_intent(api)

    [missed] = api.events.list({"delivery_success": False}).data
    [arrived] = api.events.list({"delivery_success": True}).data

    assert missed.data.object["id"] == lost.id
    assert (missed.pending_webhooks, arrived.pending_webhooks) == (1, 0)


def test_a_webhook_endpoint_shows_its_secret_once(
    api: Api, sandbox: SandboxProcess
) -> None:
    made = api.webhook_endpoints.create(
        {"url": "http://127.0.0.1:9/hook", "enabled_events": ["charge.refunded"]}
    )

    found = api.webhook_endpoints.retrieve(made.id)

    assert made.secret.startswith("whsec_")
    assert getattr(found, "secret", None) is None
    assert found.enabled_events == ["charge.refunded"]


def test_webhook_endpoints_are_changed_listed_and_removed(
    api: Api, sandbox: SandboxProcess
) -> None:
    made = api.webhook_endpoints.create(
        {"url": "http://127.0.0.1:9/hook", "enabled_events": ["*"]}
    )

    changed = api.webhook_endpoints.update(
        made.id, {"disabled": True, "description": "Shop"}
    )
    listed = api.webhook_endpoints.list()
    api.webhook_endpoints.delete(made.id)

    assert (changed.status, changed.description) == ("disabled", "Shop")
    assert [item.id for item in listed.data] == [made.id]
    assert api.webhook_endpoints.list().data == []


def test_a_webhook_endpoint_needs_an_address(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.webhook_endpoints.create({"url": "not a url", "enabled_events": ["*"]})

    assert refusal.value.code == "url_invalid"
