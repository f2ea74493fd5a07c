"""A year of renewals in seconds: our books agree with Stripe's, cent by cent."""

from typing import Any

import pytest
from django.test import Client

from orders.models import Order
from payments.models import Invoice, Payment, Subscription
from payments.subscriptions.change import (
    begin_card_change,
    finish_card_change,
    move_to_todays_price,
    pay_what_is_open,
    resume,
    stop_at_period_end,
    stop_now,
)
from tests.money.books import assert_no_drift, refund
from tests.payments.signed_events import deliver
from tests.sandbox.billing.making import DAY_S, FAILS_LATER, advance, period_of
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    charge_from_now_on,
    letters_about,
    make_monthly,
    pass_a_period,
    sdk,
    subscribe,
    taken_at_stripe,
    taken_here,
    under_a_clock,
)

pytestmark = pytest.mark.django_db(transaction=True)


class Postman:
    """Brings us everything that Stripe has told since the last time, as it came."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self.sandbox = sandbox
        self.brought = 0

    def bring(self) -> None:
        self.sandbox.wait_until_idle()
        told = self.sandbox.events()
        for event in told[self.brought :]:
            assert deliver(Client(), event).status_code == 200
        self.brought = len(told)


@pytest.fixture
def clock(sandbox: SandboxProcess) -> Any:
    return under_a_clock(sandbox)


@pytest.fixture
def subscription(sandbox: SandboxProcess, clock: Any) -> Subscription:
    return subscribe(sandbox)


@pytest.fixture
def postman(sandbox: SandboxProcess, subscription: Subscription) -> Postman:
    return Postman(sandbox)


def assert_books_agree(sandbox: SandboxProcess) -> None:
    assert taken_here() == taken_at_stripe(sandbox)
    assert_no_drift()


def test_twelve_renewals(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription, postman: Postman
) -> None:
    for _month in range(12):
        pass_a_period(sandbox, clock, subscription)
        postman.bring()

    assert Order.objects.filter(status="paid").count() == 13
    assert Invoice.objects.filter(status="paid").count() == 13
    assert taken_here() == 13 * 9700
    assert_books_agree(sandbox)


def test_a_failing_card_with_recovery(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription, postman: Postman
) -> None:
    charge_from_now_on(sandbox, subscription, FAILS_LATER)
    pass_a_period(sandbox, clock, subscription)
    postman.bring()
    subscription.refresh_from_db()
    assert subscription.status == "past_due"

    setup = begin_card_change(subscription)
    confirm_setup(sandbox, setup.setup_id)
    assert finish_card_change(subscription, setup.setup_id, by="customer")
    postman.bring()

    subscription.refresh_from_db()
    assert subscription.status == "active"
    assert subscription.card_last4 == "4444"
    assert Order.objects.filter(status="paid").count() == 2
    assert_books_agree(sandbox)


def test_a_failing_card_without_recovery(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription, postman: Postman
) -> None:
    charge_from_now_on(sandbox, subscription, FAILS_LATER)
    pass_a_period(sandbox, clock, subscription)
    _, end = period_of(sdk(sandbox).subscriptions.retrieve(subscription.stripe_id))
    for days in (1, 4, 9, 16, 20):
        advance(sdk(sandbox), clock, end - 30 * DAY_S + days * DAY_S)
        postman.bring()

    subscription.refresh_from_db()
    assert subscription.status == "canceled"
    assert subscription.end_reason == "payment_failed"
    assert Order.objects.filter(status="paid").count() == 1
    assert len(letters_about("renewal_unpaid")) > 1
    assert len(letters_about("subscription_ended")) == 1
    assert_books_agree(sandbox)


def test_a_new_price_is_for_new_subscribers_until_staff_move_the_others(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription, postman: Postman
) -> None:
    make_monthly(price=9700)
    service = subscription.first_order.service
    service.price = 11900
    service.save()
    pass_a_period(sandbox, clock, subscription)
    postman.bring()

    move_to_todays_price(subscription, by="esther")
    move_to_todays_price(subscription, by="esther")
    pass_a_period(sandbox, clock, subscription)
    postman.bring()

    amounts = Payment.objects.order_by("created_at").values_list("amount", flat=True)
    assert list(amounts) == [9700, 9700, 11900]
    [told] = letters_about("subscription_price_moved")
    assert (told["amount_before"], told["amount"]) == (9700, 11900)
    assert_books_agree(sandbox)


def test_a_stop_that_is_taken_back_and_one_that_is_not(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription, postman: Postman
) -> None:
    stop_at_period_end(subscription, by="customer")
    stop_at_period_end(subscription, by="customer")
    resume(subscription, by="customer")
    pass_a_period(sandbox, clock, subscription)
    postman.bring()
    stop_at_period_end(subscription, by="customer")
    pass_a_period(sandbox, clock, subscription)
    postman.bring()

    subscription.refresh_from_db()
    assert subscription.status == "canceled"
    assert Order.objects.count() == 2
    assert len(letters_about("subscription_stopping")) == 2
    assert len(letters_about("subscription_resumed")) == 1
    assert_books_agree(sandbox)


def test_a_period_that_is_refunded_does_not_end_the_subscription(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription, postman: Postman
) -> None:
    pass_a_period(sandbox, clock, subscription)
    postman.bring()
    second = Payment.objects.order_by("created_at")[1]

    refund(second, 9700)
    postman.bring()

    subscription.refresh_from_db()
    assert subscription.status == "active"
    assert Order.objects.get(pk=second.order_id).status == "refunded"
    assert taken_here() == 9700
    assert_books_agree(sandbox)


def test_staff_stop_it_at_once_and_nothing_is_charged_any_more(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription, postman: Postman
) -> None:
    stop_now(subscription, by="esther", note="Demande du client")
    stop_now(subscription, by="esther", note="Demande du client")
    advance(sdk(sandbox), clock, clock.frozen_time + 62 * DAY_S)
    postman.bring()

    subscription.refresh_from_db()
    assert subscription.status == "canceled"
    assert Order.objects.count() == 1
    assert len(letters_about("subscription_ended")) == 1
    assert_books_agree(sandbox)


def test_news_of_before_do_not_bring_it_back(
    sandbox: SandboxProcess, subscription: Subscription, postman: Postman
) -> None:
    stop_now(subscription, by="esther", note="Demande du client")

    postman.brought = 0
    postman.bring()

    subscription.refresh_from_db()
    assert subscription.status == "canceled"


def test_paying_with_nothing_open_changes_nothing(
    sandbox: SandboxProcess, subscription: Subscription
) -> None:
    pay_what_is_open(subscription, by="customer")

    assert Order.objects.count() == 1
    assert_books_agree(sandbox)


def confirm_setup(sandbox: SandboxProcess, setup_id: str) -> None:
    """What the browser does with the customer's other card."""
    sdk(sandbox).setup_intents.confirm(
        setup_id,
        {"payment_method": "pm_card_mastercard", "return_url": "https://lumira.test/"},
    )
