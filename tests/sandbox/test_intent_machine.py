"""The PaymentIntent from its creation to its end."""

import pytest
import stripe

from tests.sandbox.making import (
    Api,
    error_of,
    make_customer,
    make_intent,
    make_paid_intent,
)
from tests.sandbox_process import SandboxProcess


def test_an_intent_begins_by_requiring_a_payment_method(api: Api) -> None:
    intent = make_intent(api, metadata={"orderId": "1"}, description="Consultation")

    assert intent.status == "requires_payment_method"
    assert intent.client_secret.startswith(f"{intent.id}_secret_")
    assert intent.capture_method == "automatic_async"
    assert intent.amount == 7900
    assert intent.amount_received == 0
    assert intent.metadata["orderId"] == "1"


def test_with_a_payment_method_it_requires_confirmation(api: Api) -> None:
    intent = make_intent(api, payment_method="pm_card_visa")

    assert intent.status == "requires_confirmation"


def test_confirming_it_takes_the_money(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_intent(api, payment_method="pm_card_visa", receipt_email="a@b.fr")

    paid = api.payment_intents.confirm(intent.id, {"expand": ["latest_charge"]})

    charge = paid.latest_charge
    assert paid.status == "succeeded"
    assert paid.amount_received == 7900
    assert (charge.status, charge.paid, charge.captured) == ("succeeded", True, True)
    assert charge.payment_intent == intent.id
    assert charge.receipt_email == "a@b.fr"
    assert charge.id.startswith("ch_")
    sandbox.wait_until_idle()
    assert [event["type"] for event in sandbox.events()] == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
    ]


def test_the_fee_arrives_a_moment_later_with_charge_updated(
    api: Api, sandbox: SandboxProcess
) -> None:
    make_paid_intent(api)
    sandbox.wait_until_idle()

    [succeeded] = sandbox.events(type="charge.succeeded")
    [updated] = sandbox.events(type="charge.updated")
    assert succeeded["data"]["object"]["balance_transaction"] is None
    assert updated["data"]["object"]["balance_transaction"].startswith("txn_")
    assert updated["data"]["previous_attributes"] == {"balance_transaction": None}


def test_with_capture_method_automatic_the_fee_is_there_at_once(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_paid_intent(
        api, capture_method="automatic", expand=["latest_charge.balance_transaction"]
    )

    assert intent.latest_charge.balance_transaction.fee == 144
    assert sandbox.events(type="charge.updated") == []


def test_zero_decimal_currencies_are_whole_units(api: Api) -> None:
    intent = make_paid_intent(api, currency="jpy", amount=500)

    assert intent.amount_received == 500


def test_a_decline_leaves_the_intent_ready_for_another_card(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)

    with pytest.raises(stripe.CardError) as refusal:
        api.payment_intents.confirm(
            intent.id, {"payment_method": "pm_card_chargeDeclined"}
        )

    error = error_of(refusal)
    found = api.payment_intents.retrieve(intent.id)
    assert refusal.value.http_status == 402
    assert (error.code, error.decline_code) == ("card_declined", "generic_decline")
    assert error.payment_intent.id == intent.id
    assert found.status == "requires_payment_method"
    assert found.payment_method is None
    assert found.last_payment_error.code == "card_declined"
    assert found.last_payment_error.decline_code == "generic_decline"
    assert found.last_payment_error.payment_method.card.last4 == "0002"
    assert found.last_payment_error.charge == found.latest_charge
    assert [event["type"] for event in sandbox.events()] == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
    ]


def test_after_a_decline_another_card_pays_the_same_intent(api: Api) -> None:
    intent = make_intent(api)
    with pytest.raises(stripe.CardError):
        api.payment_intents.confirm(
            intent.id, {"payment_method": "pm_card_chargeDeclined"}
        )

    paid = api.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    assert paid.status == "succeeded"
    assert paid.last_payment_error is None
    assert len(api.charges.list({"payment_intent": intent.id}).data) == 2


def test_a_decline_at_creation_still_makes_the_intent(api: Api) -> None:
    with pytest.raises(stripe.CardError) as refusal:
        make_paid_intent(api, "pm_card_chargeDeclined")

    [intent] = api.payment_intents.list().data
    assert error_of(refusal).payment_intent.id == intent.id


def test_an_intent_succeeds_once_at_most(api: Api) -> None:
    intent = make_paid_intent(api)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    assert refusal.value.code == "payment_intent_unexpected_state"
    assert error_of(refusal).payment_intent.status == "succeeded"
    assert "already succeeded" in str(refusal.value)
    assert len(api.charges.list().data) == 1


def test_confirming_without_a_payment_method_is_refused(api: Api) -> None:
    intent = make_intent(api)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.confirm(intent.id)

    assert refusal.value.code == "payment_intent_unexpected_state"
    assert "missing a payment method" in str(refusal.value)


@pytest.mark.parametrize("pays", ["", "pm_card_visa"])
def test_an_intent_that_is_not_paid_can_be_canceled(
    api: Api, sandbox: SandboxProcess, pays: str
) -> None:
    intent = make_intent(api, **({"payment_method": pays} if pays else {}))

    gone = api.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})

    assert gone.status == "canceled"
    assert gone.cancellation_reason == "abandoned"
    assert gone.canceled_at is not None
    assert len(sandbox.events(type="payment_intent.canceled")) == 1


def test_an_intent_that_waits_for_authentication_can_be_canceled(
    api: Api,
) -> None:
    intent = make_paid_intent(api, "pm_card_authenticationRequired")

    gone = api.payment_intents.cancel(intent.id)

    assert gone.status == "canceled"
    assert gone.next_action is None


def test_a_paid_a_canceled_and_a_processing_intent_cannot_be_canceled(
    api: Api, sandbox: SandboxProcess
) -> None:
    paid = make_paid_intent(api)
    canceled = api.payment_intents.cancel(make_intent(api).id)
    processing = make_intent(
        api,
        automatic_payment_methods={"enabled": False},
        allowed_payment_method_types=["sepa_debit"],
    )
    sandbox.pay(processing.id, type="sepa_debit")

    for intent in (paid, canceled, processing):
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            api.payment_intents.cancel(intent.id)
        assert refusal.value.code == "payment_intent_unexpected_state"


def test_a_canceled_intent_cannot_be_confirmed(api: Api) -> None:
    intent = api.payment_intents.cancel(make_intent(api).id)

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    assert refusal.value.code == "payment_intent_unexpected_state"


def test_the_amount_can_change_until_it_is_paid(api: Api) -> None:
    intent = make_intent(api)

    changed = api.payment_intents.update(intent.id, {"amount": 2900})
    api.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    assert changed.amount == 2900
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.update(intent.id, {"amount": 100})
    assert refusal.value.code == "payment_intent_unexpected_state"


def test_metadata_can_change_even_after_payment(api: Api) -> None:
    intent = make_paid_intent(api)

    changed = api.payment_intents.update(intent.id, {"metadata": {"orderId": "9"}})

    assert changed.metadata["orderId"] == "9"


def test_an_intent_that_is_not_there_is_404(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.retrieve("pi_nobody")

    assert refusal.value.http_status == 404
    assert refusal.value.code == "resource_missing"
    assert refusal.value.param == "intent"


def test_a_payment_method_that_is_not_there_is_400(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_intent(api, payment_method="pm_nobody")

    assert refusal.value.http_status == 400
    assert refusal.value.param == "payment_method"


def test_intents_are_listed_by_customer(api: Api) -> None:
    customer = make_customer(api)
    mine = make_intent(api, customer=customer.id)
    make_intent(api)

    listed = api.payment_intents.list({"customer": customer.id})

    assert [intent.id for intent in listed.data] == [mine.id]


def test_automatic_methods_and_allowed_ones_exclude_each_other(
    api: Api,
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        make_intent(api, allowed_payment_method_types=["card"])

    assert "only specify one of these parameters" in str(refusal.value)


def test_a_method_that_the_intent_does_not_allow_is_refused(api: Api) -> None:
    intent = api.payment_intents.create(
        {
            "amount": 7900,
            "currency": "eur",
            "allowed_payment_method_types": ["sepa_debit"],
        }
    )

    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    assert intent.payment_method_types == ["sepa_debit"]
    assert refusal.value.code == "payment_intent_incompatible_payment_method"
