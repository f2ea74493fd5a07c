"""Two pauses: of collecting, and of the subscription itself."""

import pytest
import stripe

from tests.sandbox.billing.making import (
    DAY_S,
    FAILS_LATER,
    HOUR_S,
    advance,
    give_card,
    invoices_of,
    last_event,
    latest_invoice,
    make_clock,
    make_payer,
    pass_renewal,
    period_of,
    subscribe,
)
from tests.sandbox.making import Api
from tests.sandbox_process import SandboxProcess

NO_CREDIT = {"bill_for": {"unused_time_from": {"type": "none"}}}


class Subscriber:
    def __init__(self, api: Api) -> None:
        self.clock = make_clock(api, "2026-04-01")
        self.customer = make_payer(api, test_clock=self.clock.id)
        self.subscription = subscribe(api, self.customer)
        self.id = self.subscription.id
        self.end = period_of(self.subscription)[1]


@pytest.fixture
def subscriber(api: Api) -> Subscriber:
    return Subscriber(api)


@pytest.mark.parametrize(
    ("behavior", "status"),
    [
        ("void", "void"),
        ("mark_uncollectible", "uncollectible"),
        ("keep_as_draft", "draft"),
    ],
)
def test_while_collection_is_paused_invoices_are_made_and_not_paid(
    api: Api,
    sandbox: SandboxProcess,
    subscriber: Subscriber,
    behavior: str,
    status: str,
) -> None:
    paused = api.subscriptions.update(
        subscriber.id, {"pause_collection": {"behavior": behavior}}
    )

    invoice = pass_renewal(api, subscriber.clock, subscriber.subscription)

    assert paused.status == "active"
    assert invoice.status == status
    assert len(api.charges.list().data) == 1
    assert sandbox.events(type="customer.subscription.paused") == []


def test_collection_is_resumed_by_a_call(api: Api, subscriber: Subscriber) -> None:
    pause = {"behavior": "void"}
    api.subscriptions.update(subscriber.id, {"pause_collection": pause})

    resumed = api.subscriptions.update(subscriber.id, {"pause_collection": ""})

    assert resumed.pause_collection is None
    invoice = pass_renewal(api, subscriber.clock, subscriber.subscription)
    assert invoice.status == "paid"


def test_collection_resumes_by_itself_at_a_date(
    api: Api, sandbox: SandboxProcess, subscriber: Subscriber
) -> None:
    date = subscriber.clock.frozen_time + 5 * DAY_S
    pause = {"behavior": "void", "resumes_at": date}
    api.subscriptions.update(subscriber.id, {"pause_collection": pause})

    advance(api, subscriber.clock, date)

    assert api.subscriptions.retrieve(subscriber.id).pause_collection is None
    former = last_event(sandbox, "customer.subscription.updated")["data"]
    assert former["previous_attributes"] == {"pause_collection": pause}


def test_a_paused_subscription_makes_no_invoices(
    api: Api, sandbox: SandboxProcess, subscriber: Subscriber
) -> None:
    paused = api.subscriptions.pause(subscriber.id)
    assert paused.status == "paused"
    assert paused.status_details.paused.subscription.type == "pause_requested"
    assert sandbox.events(type="customer.subscription.paused")

    advance(api, subscriber.clock, subscriber.end + 10 * DAY_S)

    assert len(invoices_of(api, subscriber.subscription)) == 1
    assert period_of(api.subscriptions.retrieve(subscriber.id))[1] == subscriber.end


@pytest.mark.parametrize(
    ("credit_from", "amounts"),
    [("now", [-4850]), ("item_current_period_start", [-9700]), ("none", [])],
)
def test_a_pause_credits_what_is_not_used(
    api: Api, subscriber: Subscriber, credit_from: str, amounts: list[int]
) -> None:
    advance(api, subscriber.clock, subscriber.clock.frozen_time + 15 * DAY_S)

    bill_for = {"unused_time_from": {"type": credit_from}}
    api.subscriptions.pause(subscriber.id, {"bill_for": bill_for})

    pending = api.invoice_items.list({"pending": True}).data
    assert [item.amount for item in pending] == amounts


def test_a_pause_can_settle_its_credit_at_once(
    api: Api, subscriber: Subscriber
) -> None:
    advance(api, subscriber.clock, subscriber.clock.frozen_time + 15 * DAY_S)

    api.subscriptions.pause(subscriber.id, {"invoicing_behavior": "invoice"})

    assert latest_invoice(api, subscriber.subscription).total == -4850
    assert api.customers.retrieve(subscriber.customer.id).balance == -4850


def test_resuming_on_success_begins_a_new_period_and_collects(
    api: Api, sandbox: SandboxProcess, subscriber: Subscriber
) -> None:
    api.subscriptions.pause(subscriber.id, NO_CREDIT)
    later = subscriber.end + 10 * DAY_S
    advance(api, subscriber.clock, later)

    resumed = api.subscriptions.resume(
        subscriber.id, {"payment_behavior": "resume_on_payment_success"}
    )

    assert resumed.status == "active"
    assert getattr(resumed, "status_details", None) is None
    assert period_of(resumed)[0] == later
    assert latest_invoice(api, resumed).amount_paid == 9700
    assert sandbox.events(type="customer.subscription.resumed")


def test_a_resumption_that_fails_stays_paused_and_is_tried_again(
    api: Api, subscriber: Subscriber
) -> None:
    api.subscriptions.pause(subscriber.id, NO_CREDIT)
    give_card(api, subscriber.customer, FAILS_LATER)
    behavior = {"payment_behavior": "resume_on_payment_success"}

    resumed = api.subscriptions.resume(subscriber.id, behavior)

    invoice = latest_invoice(api, resumed)
    assert resumed.status == "paused"
    assert invoice.next_payment_attempt == subscriber.clock.frozen_time + DAY_S
    give_card(api, subscriber.customer, "pm_card_visa")
    advance(api, subscriber.clock, invoice.next_payment_attempt)
    assert api.subscriptions.retrieve(subscriber.id).status == "active"


def test_resuming_by_default_leaves_the_invoice_to_be_paid(
    api: Api, subscriber: Subscriber
) -> None:
    api.subscriptions.pause(subscriber.id, NO_CREDIT)

    resumed = api.subscriptions.resume(subscriber.id)

    assert resumed.status == "paused"
    invoice = latest_invoice(api, resumed)
    assert (invoice.status, invoice.attempted) == ("open", False)
    api.invoices.pay(invoice.id)
    assert api.subscriptions.retrieve(subscriber.id).status == "active"


def test_a_resumption_that_is_tried_and_fails_is_past_due(
    api: Api, subscriber: Subscriber
) -> None:
    api.subscriptions.pause(subscriber.id, NO_CREDIT)
    invoice = latest_invoice(api, api.subscriptions.resume(subscriber.id))
    give_card(api, subscriber.customer, FAILS_LATER)

    with pytest.raises(stripe.CardError):
        api.invoices.pay(invoice.id)

    assert api.subscriptions.retrieve(subscriber.id).status == "past_due"


def test_a_resumption_that_nobody_pays_is_void_after_23_hours(
    api: Api, subscriber: Subscriber
) -> None:
    api.subscriptions.pause(subscriber.id, NO_CREDIT)
    api.subscriptions.resume(subscriber.id)

    advance(api, subscriber.clock, subscriber.clock.frozen_time + 23 * HOUR_S)

    assert latest_invoice(api, subscriber.subscription).status == "void"
    assert api.subscriptions.retrieve(subscriber.id).status == "paused"


def test_only_what_is_paused_can_be_resumed_and_what_runs_paused(
    api: Api, subscriber: Subscriber
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        api.subscriptions.resume(subscriber.id)
    api.subscriptions.pause(subscriber.id)

    with pytest.raises(stripe.InvalidRequestError):
        api.subscriptions.pause(subscriber.id)
