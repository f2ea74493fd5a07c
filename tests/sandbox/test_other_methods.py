"""Methods that are not cards: a redirect to the bank, and a debit that takes days."""

from typing import Any

import pytest

from tests.sandbox.making import Api, make_intent
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess

SHOP = "http://shop.example/confirmation"
ALL = ["card", "bancontact", "ideal", "sepa_debit"]


@pytest.fixture(autouse=True)
def everything_is_switched_on(sandbox: SandboxProcess) -> None:
    sandbox.control("POST", "payment_methods", enabled=ALL)


def start_redirect(raw: RawApi, intent: Any, kind: str) -> dict[str, Any]:
    form = {
        "client_secret": intent.client_secret,
        "payment_method_data[type]": kind,
        "payment_method_data[billing_details][name]": "Alice",
        "return_url": SHOP,
    }
    path = f"/v1/payment_intents/{intent.id}/confirm"
    return raw.from_browser("POST", path, form).body


def come_back(raw: RawApi, intent: Any, outcome: str) -> dict[str, Any]:
    form = {
        "payment_intent": intent.id,
        "client_secret": intent.client_secret,
        "outcome": outcome,
    }
    return raw.call("POST", "/_/browser/authenticate", form, headers={}).body


def test_an_intent_in_euros_may_be_paid_by_all_of_them(api: Api) -> None:
    assert make_intent(api).payment_method_types == ALL


def test_other_currencies_are_for_cards(api: Api) -> None:
    assert make_intent(api, currency="usd").payment_method_types == ["card"]


def test_types_can_be_excluded(api: Api) -> None:
    intent = make_intent(api, excluded_payment_method_types=["ideal", "sepa_debit"])

    assert intent.payment_method_types == ["card", "bancontact"]


@pytest.mark.parametrize("kind", ["bancontact", "ideal"])
def test_the_buyer_is_sent_to_the_bank(
    api: Api, raw: RawApi, sandbox: SandboxProcess, kind: str
) -> None:
    intent = make_intent(api)

    waiting = start_redirect(raw, intent, kind)

    assert waiting["status"] == "requires_action"
    assert waiting["next_action"] == {
        "type": "redirect_to_url",
        "redirect_to_url": {
            "return_url": SHOP,
            "url": (
                f"{sandbox.url}/_/redirect/{intent.id}"
                f"?client_secret={intent.client_secret}"
            ),
        },
    }


@pytest.mark.parametrize("kind", ["bancontact", "ideal"])
def test_coming_back_from_the_bank_pays(api: Api, raw: RawApi, kind: str) -> None:
    intent = make_intent(api)
    start_redirect(raw, intent, kind)

    answer = come_back(raw, intent, "succeed")

    [charge] = api.charges.list({"payment_intent": intent.id}).data
    assert answer["status"] == "succeeded"
    assert answer["return_url"] == SHOP
    assert charge.id.startswith("py_")
    assert charge.payment_method_details.type == kind


@pytest.mark.parametrize("kind", ["bancontact", "ideal"])
def test_refusing_at_the_bank_leaves_the_intent_unpaid(
    api: Api, raw: RawApi, kind: str
) -> None:
    intent = make_intent(api)
    start_redirect(raw, intent, kind)

    answer = come_back(raw, intent, "fail")

    found = api.payment_intents.retrieve(intent.id)
    assert answer["status"] == "requires_payment_method"
    assert found.last_payment_error.code == "payment_intent_authentication_failure"


def test_a_debit_is_processing_and_succeeds_later(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api, expand=["latest_charge"])

    answer = sandbox.pay(intent.id, type="sepa_debit")
    sandbox.advance(10)

    paid = api.payment_intents.retrieve(intent.id, {"expand": ["latest_charge"]})
    sandbox.wait_until_idle()
    assert answer["payment_intent"]["status"] == "processing"
    assert paid.status == "succeeded"
    assert paid.latest_charge.payment_method_details.sepa_debit.last4 == "2606"
    assert [event["type"] for event in sandbox.events()] == [
        "payment_intent.created",
        "charge.pending",
        "payment_intent.processing",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
    ]


def test_a_debit_may_fail_later(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_intent(api)

    sandbox.pay(intent.id, type="sepa_debit", iban="FR8420041010050500013M02607")
    sandbox.advance(10)

    found = api.payment_intents.retrieve(intent.id)
    assert found.status == "requires_payment_method"
    assert found.last_payment_error.code == "debit_not_authorized"
    assert len(sandbox.events(type="payment_intent.payment_failed")) == 1


def test_some_debits_take_three_minutes(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_intent(api)

    sandbox.pay(intent.id, type="sepa_debit", iban="FR3020041010050500013M02609")
    sandbox.advance(170)
    before = api.payment_intents.retrieve(intent.id).status
    sandbox.advance(20)

    assert before == "processing"
    assert api.payment_intents.retrieve(intent.id).status == "succeeded"


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("succeed", "succeeded"), ("fail", "requires_payment_method")],
)
def test_a_debit_can_be_decided_by_hand(
    api: Api, sandbox: SandboxProcess, outcome: str, status: str
) -> None:
    intent = make_intent(api)
    sandbox.pay(intent.id, type="sepa_debit")

    sandbox.control("POST", f"payment_intents/{intent.id}/settle", outcome=outcome)
    sandbox.advance(1000)

    assert api.payment_intents.retrieve(intent.id).status == status


def test_a_debit_may_be_disputed(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_intent(api)

    sandbox.pay(intent.id, type="sepa_debit", iban="FR5720041010050500013M02608")
    sandbox.advance(10)
    sandbox.wait_until_idle()

    [dispute] = api.disputes.list({"payment_intent": intent.id}).data
    assert dispute.reason == "debit_not_authorized"


def test_a_debit_leaves_a_mandate(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_intent(api)
    sandbox.pay(intent.id, type="sepa_debit")

    [charge] = api.charges.list().data
    mandate = api.mandates.retrieve(charge.payment_method_details.sepa_debit.mandate)

    assert mandate.status == "active"


def test_an_iban_with_wrong_check_digits_is_refused(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)

    answer = sandbox.pay(
        intent.id, type="sepa_debit", iban="FR1520041010050500013M02606"
    )

    assert answer["error"]["code"] == "invalid_iban"


def test_a_debit_needs_a_name_and_an_email(api: Api, raw: RawApi) -> None:
    intent = make_intent(api)
    form = {
        "client_secret": intent.client_secret,
        "payment_method_data[type]": "sepa_debit",
        "payment_method_data[sepa_debit][iban]": "DE89370400440532013000",
    }

    path = f"/v1/payment_intents/{intent.id}/confirm"
    answer = raw.from_browser("POST", path, form)

    assert answer.error["code"] == "parameter_missing"
    assert answer.error["param"] == "payment_method_data[billing_details][email]"


def test_a_refund_of_a_debit_is_pending_first(
    api: Api, sandbox: SandboxProcess
) -> None:
    intent = make_intent(api)
    sandbox.pay(intent.id, type="sepa_debit")
    sandbox.advance(10)

    refund = api.refunds.create({"payment_intent": intent.id})

    assert refund.id.startswith("pyr_")
    assert refund.status == "pending"
