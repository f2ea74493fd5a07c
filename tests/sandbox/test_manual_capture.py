"""Authorize now, capture later, or let go."""

from typing import Any

import pytest
import stripe

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox_process import SandboxProcess


def authorize(api: Api) -> Any:
    return make_paid_intent(api, capture_method="manual")


def test_an_authorized_payment_waits_for_its_capture(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = authorize(api)

    charge = api.charges.retrieve(intent.latest_charge)
    assert intent.status == "requires_capture"
    assert (intent.amount_capturable, intent.amount_received) == (7900, 0)
    assert (charge.paid, charge.captured) == (True, False)
    assert sandbox.events(type="payment_intent.succeeded") == []
    assert len(sandbox.events(type="payment_intent.amount_capturable_updated")) == 1


def test_capturing_takes_the_money(api: Api, sandbox: SandboxProcess) -> None:
    intent = authorize(api)

    paid = api.payment_intents.capture(intent.id)

    sandbox.wait_until_idle()
    assert paid.status == "succeeded"
    assert (paid.amount_capturable, paid.amount_received) == (0, 7900)
    types = [event["type"] for event in sandbox.events()]
    assert types[-2:] == ["charge.captured", "payment_intent.succeeded"]
    assert api.charges.retrieve(intent.latest_charge).balance_transaction


def test_less_may_be_captured_and_the_rest_goes_back(api: Api) -> None:
    intent = authorize(api)

    paid = api.payment_intents.capture(intent.id, {"amount_to_capture": 5000})

    charge = api.charges.retrieve(intent.latest_charge)
    assert paid.amount_received == 5000
    assert (charge.amount_captured, charge.amount_refunded) == (5000, 2900)
    refund = api.refunds.create({"payment_intent": intent.id})
    assert refund.amount == 5000


def test_more_may_not_be_captured(api: Api) -> None:
    intent = authorize(api)

    with pytest.raises(stripe.InvalidRequestError):
        api.payment_intents.capture(intent.id, {"amount_to_capture": 7901})

    assert api.payment_intents.retrieve(intent.id).status == "requires_capture"


def test_only_what_is_authorized_can_be_captured(api: Api) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.payment_intents.capture(make_intent(api).id)

    assert refusal.value.code == "payment_intent_unexpected_state"


def test_canceling_lets_the_money_go(api: Api, sandbox: SandboxProcess) -> None:
    intent = authorize(api)

    gone = api.payment_intents.cancel(intent.id)

    charge = api.charges.retrieve(intent.latest_charge)
    assert gone.status == "canceled"
    assert gone.amount_capturable == 0
    assert (charge.refunded, charge.amount_refunded) == (True, 7900)
    assert len(sandbox.events(type="charge.refunded")) == 1


def test_an_authorization_lapses_after_a_week(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = authorize(api)

    sandbox.advance(7 * 24 * 3600 + 1)

    lapsed = api.payment_intents.retrieve(intent.id)
    assert (lapsed.status, lapsed.cancellation_reason) == ("canceled", "automatic")
    assert len(sandbox.events(type="charge.expired")) == 1


def test_an_authorization_is_not_refunded_but_canceled(api: Api) -> None:
    intent = authorize(api)

    with pytest.raises(stripe.InvalidRequestError):
        api.refunds.create({"payment_intent": intent.id})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.refunds.create({"charge": intent.latest_charge})

    assert refusal.value.code == "charge_not_refundable"
