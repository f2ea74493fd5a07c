"""A bank wants to see its customer again when nobody is there."""

import pytest

from tests.sandbox.billing.making import (
    ASKS_EACH_TIME,
    DAY_S,
    advance,
    authenticate,
    give_card,
    intent_of,
    last_event,
    latest_invoice,
    make_clock,
    make_payer,
    pass_renewal,
    subscribe,
)
from tests.sandbox.making import Api
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess


class Asked:
    """A subscriber whose bank has just asked for 3-D Secure at a renewal."""

    def __init__(self, api: Api) -> None:
        self.clock = make_clock(api)
        self.customer = make_payer(api, test_clock=self.clock.id)
        self.subscription = subscribe(api, self.customer)
        give_card(api, self.customer, ASKS_EACH_TIME)
        self.invoice = pass_renewal(api, self.clock, self.subscription)
        self.intent = intent_of(api, self.invoice.id)


@pytest.fixture
def asked(api: Api) -> Asked:
    return Asked(api)


def test_the_invoice_waits_for_the_buyer(
    api: Api, sandbox: SandboxProcess, asked: Asked
) -> None:
    assert asked.intent.status == "requires_action"
    assert asked.intent.next_action.type == "use_stripe_sdk"
    assert api.subscriptions.retrieve(asked.subscription.id).status == "past_due"
    told = last_event(sandbox, "invoice.payment_action_required")["data"]["object"]
    assert told["id"] == asked.invoice.id
    assert sandbox.events(type="invoice.payment_failed")
    assert sandbox.events(type="payment_intent.requires_action")


def test_the_page_of_the_bank_can_be_reached(
    sandbox: SandboxProcess, raw: RawApi, asked: Asked
) -> None:
    address = asked.intent.next_action.use_stripe_sdk["stripe_js"]

    assert address.startswith(f"{sandbox.url}/_/3ds/{asked.intent.id}")
    page = raw.call("GET", address.removeprefix(sandbox.url), headers={})
    assert page.status == 200


def test_the_buyer_authenticates_and_all_is_paid(
    api: Api, raw: RawApi, asked: Asked
) -> None:
    authenticate(raw, asked.intent, "succeed")

    assert latest_invoice(api, asked.subscription).status == "paid"
    assert api.subscriptions.retrieve(asked.subscription.id).status == "active"


def test_the_buyer_fails_and_it_stays_open(api: Api, raw: RawApi, asked: Asked) -> None:
    authenticate(raw, asked.intent, "fail")

    found = api.payment_intents.retrieve(asked.intent.id)
    assert found.status == "requires_payment_method"
    code = "payment_intent_authentication_failure"
    assert found.last_payment_error.code == code
    assert latest_invoice(api, asked.subscription).status == "open"
    assert api.subscriptions.retrieve(asked.subscription.id).status == "past_due"


def test_another_card_pays_without_the_bank(
    api: Api, sandbox: SandboxProcess, asked: Asked
) -> None:
    sandbox.pay(asked.intent.id, card="4242424242424242")

    assert api.subscriptions.retrieve(asked.subscription.id).status == "active"


def test_retries_ask_again_until_stripe_gives_up(
    api: Api, sandbox: SandboxProcess, asked: Asked
) -> None:
    failed_at = asked.invoice.status_transitions.finalized_at

    advance(api, asked.clock, failed_at + 7 * DAY_S)

    assert len(sandbox.events(type="invoice.payment_action_required")) == 5
    assert api.subscriptions.retrieve(asked.subscription.id).status == "canceled"
