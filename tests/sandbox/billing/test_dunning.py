"""A renewal fails: past due, tried again, recovered, or given up."""

import pytest

from tests.sandbox.billing.making import (
    DAY_S,
    FAILS_LATER,
    UNTIL_FINAL_S,
    advance,
    give_card,
    intent_of,
    last_event,
    latest_invoice,
    make_clock,
    make_payer,
    pass_renewal,
    period_of,
    subscribe,
    told_so_far,
    types_since,
)
from tests.sandbox.making import Api
from tests.sandbox_process import SandboxProcess

RETRIES = (1, 3, 5, 7)


class Failing:
    """A subscriber whose card has just failed to renew."""

    def __init__(self, api: Api) -> None:
        self.clock = make_clock(api)
        self.customer = make_payer(api, test_clock=self.clock.id)
        self.subscription = subscribe(api, self.customer)
        give_card(api, self.customer, FAILS_LATER)
        self.invoice = pass_renewal(api, self.clock, self.subscription)
        self.failed_at = self.invoice.status_transitions.finalized_at


@pytest.fixture
def failing(api: Api) -> Failing:
    return Failing(api)


def status_of(api: Api, failing: Failing) -> str:
    return str(api.subscriptions.retrieve(failing.subscription.id).status)


def test_a_failed_renewal_is_past_due(
    api: Api, sandbox: SandboxProcess, failing: Failing
) -> None:
    invoice = failing.invoice

    assert status_of(api, failing) == "past_due"
    assert (invoice.status, invoice.attempted) == ("open", True)
    assert invoice.attempt_count == 1
    assert invoice.next_payment_attempt == failing.failed_at + DAY_S
    assert api.customers.retrieve(failing.customer.id).delinquent is True
    intent = intent_of(api, invoice.id)
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error.code == "card_declined"
    told = last_event(sandbox, "invoice.payment_failed")["data"]["object"]
    assert told["next_payment_attempt"] == failing.failed_at + DAY_S


def test_events_of_a_failed_renewal(api: Api, sandbox: SandboxProcess) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer)
    give_card(api, customer, FAILS_LATER)
    end = period_of(subscription)[1]
    advance(api, clock, end)
    before = told_so_far(sandbox)

    advance(api, clock, end + UNTIL_FINAL_S)

    assert types_since(sandbox, before) == [
        "test_helpers.test_clock.advancing",
        "payment_intent.created",
        "invoice.finalized",
        "charge.failed",
        "payment_intent.payment_failed",
        "invoice.updated",
        "customer.updated",
        "invoice.payment_failed",
        "customer.subscription.updated",
        "test_helpers.test_clock.ready",
    ]


def test_a_retry_collects_once_the_card_is_good_again(
    api: Api, sandbox: SandboxProcess, failing: Failing
) -> None:
    give_card(api, failing.customer, "pm_card_visa")
    assert status_of(api, failing) == "past_due"

    advance(api, failing.clock, failing.failed_at + DAY_S)

    invoice = latest_invoice(api, failing.subscription)
    assert (invoice.status, invoice.attempt_count) == ("paid", 2)
    assert invoice.next_payment_attempt is None
    assert status_of(api, failing) == "active"
    assert api.customers.retrieve(failing.customer.id).delinquent is False


def test_retries_follow_their_plan(api: Api, failing: Failing) -> None:
    found = []
    for day in RETRIES:
        invoice = latest_invoice(api, failing.subscription)
        found.append((invoice.attempt_count, invoice.next_payment_attempt))
        advance(api, failing.clock, failing.failed_at + day * DAY_S)

    assert found == [
        (count, failing.failed_at + day * DAY_S)
        for count, day in enumerate(RETRIES, start=1)
    ]


def test_after_the_last_retry_the_subscription_is_canceled(
    api: Api, sandbox: SandboxProcess, failing: Failing
) -> None:
    advance(api, failing.clock, failing.failed_at + 7 * DAY_S)

    ended = api.subscriptions.retrieve(failing.subscription.id)
    invoice = latest_invoice(api, failing.subscription)
    assert ended.status == "canceled"
    assert ended.cancellation_details.reason == "payment_failed"
    assert ended.ended_at == failing.failed_at + 7 * DAY_S
    assert (invoice.status, invoice.attempt_count) == ("open", 5)
    assert invoice.next_payment_attempt is None
    assert invoice.auto_advance is False
    assert len(sandbox.events(type="invoice.payment_failed")) == 5
    assert len(sandbox.events(type="customer.subscription.deleted")) == 1


@pytest.mark.parametrize("after", ["unpaid", "past_due"])
def test_the_end_of_the_retries_is_a_setting(
    api: Api, sandbox: SandboxProcess, failing: Failing, after: str
) -> None:
    sandbox.control("POST", "billing", after_retries=after)

    advance(api, failing.clock, failing.failed_at + 7 * DAY_S)

    assert status_of(api, failing) == after


def test_an_unpaid_subscription_goes_on_with_drafts_that_nobody_pays(
    api: Api, sandbox: SandboxProcess, failing: Failing
) -> None:
    sandbox.control("POST", "billing", after_retries="unpaid")
    advance(api, failing.clock, failing.failed_at + 7 * DAY_S)

    invoice = pass_renewal(api, failing.clock, failing.subscription)

    assert invoice.id != failing.invoice.id
    assert (invoice.status, invoice.auto_advance) == ("draft", False)
    assert status_of(api, failing) == "unpaid"


def test_the_retry_days_are_a_setting(
    api: Api, sandbox: SandboxProcess, failing: Failing
) -> None:
    sandbox.control("POST", "billing", retry_days=[2])

    advance(api, failing.clock, failing.failed_at + DAY_S)
    invoice = latest_invoice(api, failing.subscription)
    advance(api, failing.clock, failing.failed_at + 2 * DAY_S)

    assert invoice.next_payment_attempt == failing.failed_at + 2 * DAY_S
    assert status_of(api, failing) == "canceled"


def test_the_buyer_pays_in_the_browser(
    api: Api, sandbox: SandboxProcess, failing: Failing
) -> None:
    intent = intent_of(api, failing.invoice.id)

    sandbox.pay(intent.id)

    assert status_of(api, failing) == "active"
    assert latest_invoice(api, failing.subscription).attempt_count == 1
    advance(api, failing.clock, failing.failed_at + 7 * DAY_S)
    assert len(api.charges.list({"payment_intent": intent.id}).data) == 2


def test_a_failure_in_between_does_not_move_the_plan(
    api: Api, sandbox: SandboxProcess, failing: Failing
) -> None:
    sandbox.pay(intent_of(api, failing.invoice.id).id, card="4000000000000002")

    invoice = latest_invoice(api, failing.subscription)
    assert invoice.attempt_count == 1
    assert invoice.next_payment_attempt == failing.failed_at + DAY_S


def test_the_merchant_gives_up_that_money_and_the_subscription_recovers(
    api: Api, failing: Failing
) -> None:
    api.invoices.mark_uncollectible(failing.invoice.id)

    assert status_of(api, failing) == "active"
    advance(api, failing.clock, failing.failed_at + 7 * DAY_S)
    assert latest_invoice(api, failing.subscription).attempt_count == 1


def test_a_renewal_without_any_card_fails_too(api: Api) -> None:
    clock = make_clock(api)
    customer = make_payer(api, test_clock=clock.id)
    subscription = subscribe(api, customer)
    api.payment_methods.detach(customer.invoice_settings.default_payment_method)

    invoice = pass_renewal(api, clock, subscription)

    assert (invoice.status, invoice.attempt_count) == ("open", 1)
    assert api.subscriptions.retrieve(subscription.id).status == "past_due"
