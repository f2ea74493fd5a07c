"""Each of Stripe's test cards does what Stripe says it does."""

import pytest

from tests.sandbox.making import Api, make_intent
from tests.sandbox_process import SandboxProcess

SUCCEEDING = {
    "4242424242424242": "visa",
    "4000056655665556": "visa",
    "5555555555554444": "mastercard",
    "378282246310005": "amex",
    "6011111111111117": "discover",
    "3056930009020004": "diners",
    "3566002020360505": "jcb",
    "6200000000000005": "unionpay",
    "4000002500001001": "visa",
    "4000000000003055": "visa",
}
DECLINING = {
    "4000000000000002": ("card_declined", "generic_decline"),
    "4000000000009995": ("card_declined", "insufficient_funds"),
    "4000000000009987": ("card_declined", "lost_card"),
    "4000000000009979": ("card_declined", "stolen_card"),
    "4000000000000069": ("expired_card", "expired_card"),
    "4000000000000127": ("incorrect_cvc", "incorrect_cvc"),
    "4000000000000119": ("processing_error", "processing_error"),
    "4000000000006975": ("card_declined", "card_velocity_exceeded"),
    "4000000000000341": ("card_declined", "generic_decline"),
    "4100000000000019": ("card_declined", "fraudulent"),
    "4111111111111111": ("card_declined", "test_mode_live_card"),
}
AUTHENTICATED = {
    "4000002760003184": None,
    "4000002500003155": None,
    "4000000000003220": None,
    "4000008260003178": "insufficient_funds",
    "4000008400001629": "generic_decline",
}


@pytest.mark.parametrize("number", SUCCEEDING)
def test_a_good_card_pays(api: Api, sandbox: SandboxProcess, number: str) -> None:
    intent = make_intent(api, expand=["latest_charge"])

    answer = sandbox.pay(intent.id, card=number)

    charge = api.charges.retrieve(answer["payment_intent"]["latest_charge"])
    assert answer["payment_intent"]["status"] == "succeeded"
    assert answer["error"] is None
    assert charge.payment_method_details.card.brand == SUCCEEDING[number]
    assert charge.payment_method_details.card.last4 == number[-4:]
    assert charge.outcome.type == "authorized"


@pytest.mark.parametrize("number", DECLINING)
def test_a_bad_card_is_declined_for_its_own_reason(
    api: Api, sandbox: SandboxProcess, number: str
) -> None:
    intent = make_intent(api)

    answer = sandbox.pay(intent.id, card=number)

    error, declined = answer["error"], answer["payment_intent"]
    charge = api.charges.retrieve(declined["latest_charge"])
    assert (error["code"], error["decline_code"]) == DECLINING[number]
    assert error["type"] == "card_error"
    assert declined["status"] == "requires_payment_method"
    assert declined["last_payment_error"]["message"] == error["message"]
    assert (charge.status, charge.paid) == ("failed", False)
    assert charge.failure_code == error["code"]


@pytest.mark.parametrize("number", ["4242424242424241", "4000000000000001"])
def test_a_number_that_fails_the_luhn_check_is_incorrect(
    api: Api, sandbox: SandboxProcess, number: str
) -> None:
    intent = make_intent(api)

    answer = sandbox.pay(intent.id, card=number)

    found = api.payment_intents.retrieve(intent.id)
    assert answer["error"]["code"] == "incorrect_number"
    assert answer["error"]["param"] == "number"
    assert found.status == "requires_payment_method"
    assert found.latest_charge is None


@pytest.mark.parametrize("number", AUTHENTICATED)
def test_a_card_of_3d_secure_asks_first(
    api: Api, sandbox: SandboxProcess, number: str
) -> None:
    intent = make_intent(api)

    answer = sandbox.pay(intent.id, card=number, three_d_secure="none")

    waiting = answer["payment_intent"]
    assert waiting["status"] == "requires_action"
    assert waiting["next_action"]["type"] == "use_stripe_sdk"
    assert waiting["latest_charge"] is None
    assert len(sandbox.events(type="payment_intent.requires_action")) == 1


@pytest.mark.parametrize("number", AUTHENTICATED)
def test_once_authenticated_the_card_pays_or_is_declined(
    api: Api, sandbox: SandboxProcess, number: str
) -> None:
    intent = make_intent(api)

    answer = sandbox.pay(intent.id, card=number, three_d_secure="pass")

    declined = AUTHENTICATED[number]
    charge = api.charges.retrieve(answer["payment_intent"]["latest_charge"])
    details = charge.payment_method_details.card.three_d_secure
    expected = "requires_payment_method" if declined else "succeeded"
    assert answer["payment_intent"]["status"] == expected
    assert (answer["error"] or {}).get("decline_code") == declined
    assert details.result == "authenticated"


@pytest.mark.parametrize("number", AUTHENTICATED)
def test_a_failed_authentication_takes_no_money(
    api: Api, sandbox: SandboxProcess, number: str
) -> None:
    intent = make_intent(api)

    answer = sandbox.pay(intent.id, card=number, three_d_secure="fail")

    failed = answer["payment_intent"]
    assert failed["status"] == "requires_payment_method"
    assert failed["last_payment_error"]["code"] == (
        "payment_intent_authentication_failure"
    )
    assert failed["next_action"] is None
    assert api.charges.list().data == []
    assert len(sandbox.events(type="payment_intent.payment_failed")) == 1


def test_a_card_blocked_as_fraud_never_reaches_the_bank(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)

    answer = sandbox.pay(intent.id, card="4100000000000019")

    charge = api.charges.retrieve(answer["payment_intent"]["latest_charge"])
    assert charge.outcome.type == "blocked"
    assert charge.outcome.network_status == "not_sent_to_network"
    assert charge.outcome.risk_level == "highest"


def test_the_0259_card_pays_and_is_then_disputed(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)

    sandbox.pay(intent.id, card="4000000000000259")
    sandbox.wait_until_idle()

    [dispute] = api.disputes.list({"payment_intent": intent.id}).data
    assert api.payment_intents.retrieve(intent.id).status == "succeeded"
    assert (dispute.status, dispute.reason) == ("needs_response", "fraudulent")


def test_the_7726_card_is_refunded_slowly(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_intent(api)
    sandbox.pay(intent.id, card="4000000000007726")

    refund = api.refunds.create({"payment_intent": intent.id})
    sandbox.advance(60)

    assert refund.status == "pending"
    assert api.refunds.retrieve(refund.id).status == "succeeded"


def test_the_5126_card_is_refunded_and_the_refund_fails_later(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)
    sandbox.pay(intent.id, card="4000000000005126")

    refund = api.refunds.create({"payment_intent": intent.id})
    sandbox.advance(60)

    assert refund.status == "succeeded"
    assert api.refunds.retrieve(refund.id).status == "failed"


def test_the_1976_card_brings_an_inquiry(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_intent(api)

    sandbox.pay(intent.id, card="4000000000001976")
    sandbox.wait_until_idle()

    [dispute] = api.disputes.list().data
    assert dispute.status == "warning_needs_response"
    assert dispute.is_charge_refundable is True
    assert sandbox.events(type="charge.dispute.funds_withdrawn") == []


def test_the_2685_card_is_disputed_as_not_received(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)

    sandbox.pay(intent.id, card="4000000000002685")
    sandbox.wait_until_idle()

    [dispute] = api.disputes.list().data
    assert dispute.reason == "product_not_received"


def test_the_5423_card_brings_an_early_fraud_warning(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)

    sandbox.pay(intent.id, card="4000000000005423")
    sandbox.wait_until_idle()

    [warning] = api.radar.early_fraud_warnings.list().data
    assert warning.payment_intent == intent.id
    assert warning.actionable is True
    assert len(sandbox.events(type="radar.early_fraud_warning.created")) == 1
