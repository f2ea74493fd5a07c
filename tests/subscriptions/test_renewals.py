"""Each paid period makes one order; what is not paid is asked for."""

from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from orders.models import Order
from orders.status import OrderStatus
from payments.models import Invoice, Payment, Subscription
from payments.subscriptions.look import look_at_subscription
from tests.lumira.at_once import at_once
from tests.money.books import assert_no_drift, run_reconcile
from tests.money.dashboard import news
from tests.payments.signed_events import deliver
from tests.sandbox.billing.making import ASKS_EACH_TIME, FAILS_LATER
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    charge_from_now_on,
    letters_about,
    pass_a_period,
    subscribe,
    taken_at_stripe,
    taken_here,
    under_a_clock,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock(sandbox: SandboxProcess) -> Any:
    return under_a_clock(sandbox)


@pytest.fixture
def subscription(sandbox: SandboxProcess, clock: Any) -> Subscription:
    return subscribe(sandbox)


def test_a_renewal_makes_an_order_like_the_first(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription
) -> None:
    pass_a_period(sandbox, clock, subscription)

    look_at_subscription(subscription, by="stripe")

    first, second = Order.objects.order_by("created_at")
    assert second.renews == first
    assert second.status == OrderStatus.PAID
    assert second.due_at is not None
    for field in ("email", "name", "service", "expert", "intake", "language"):
        assert getattr(second, field) == getattr(first, field)
    assert taken_here() == taken_at_stripe(sandbox) == 2 * 9700


def test_all_news_of_a_renewal_in_any_order_is_one_order(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription
) -> None:
    pass_a_period(sandbox, clock, subscription)
    told = news(
        sandbox, "invoice.paid", "payment_intent.succeeded", "invoice.payment_succeeded"
    )[-3:]

    for order_of_news in list(permutations(told))[:6]:
        for event in (*order_of_news, *order_of_news):
            assert deliver(Client(), event).status_code == 200

    assert Order.objects.count() == Payment.objects.count() == 2
    assert taken_here() == taken_at_stripe(sandbox)


def test_the_same_news_at_once_is_one_order(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription
) -> None:
    pass_a_period(sandbox, clock, subscription)
    event = news(sandbox, "invoice.paid")[-1]

    at_once(
        8,
        lambda n: (
            deliver(Client(), event)
            if n % 2
            else look_at_subscription(subscription, by="customer")
        ),
    )

    assert Order.objects.count() == Invoice.objects.count() == 2
    assert_no_drift()


def test_reconcile_finds_a_renewal_that_nobody_told_us_of(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription
) -> None:
    pass_a_period(sandbox, clock, subscription)

    run_reconcile()

    assert Order.objects.filter(status=OrderStatus.PAID).count() == 2
    assert_no_drift()


def test_a_refused_renewal_is_late_and_the_customer_is_asked_once(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription
) -> None:
    charge_from_now_on(sandbox, subscription, FAILS_LATER)

    pass_a_period(sandbox, clock, subscription)
    for event in news(
        sandbox, "invoice.payment_failed", "customer.subscription.updated"
    ):
        deliver(Client(), event)

    subscription.refresh_from_db()
    assert subscription.status == "past_due"
    assert Order.objects.count() == 1
    assert len(letters_about("renewal_unpaid")) == 1
    assert_no_drift()


def test_a_bank_that_asks_for_the_customer_is_told_apart(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription
) -> None:
    charge_from_now_on(sandbox, subscription, ASKS_EACH_TIME)

    pass_a_period(sandbox, clock, subscription)
    for event in news(sandbox, "invoice.payment_action_required"):
        deliver(Client(), event)

    letter = letters_about("renewal_unpaid")[0]
    assert letter["wants"] == "authentication"


def test_a_period_that_was_refunded_before_we_knew_it_is_found_in_one_run(
    sandbox: SandboxProcess, clock: Any, subscription: Subscription
) -> None:
    pass_a_period(sandbox, clock, subscription)
    paid = news(sandbox, "charge.succeeded")[-1]["data"]["object"]
    sandbox.control("POST", f"charges/{paid['id']}/refund")

    run_reconcile()

    renewal = Order.objects.exclude(renews=None).get()
    assert renewal.status == OrderStatus.REFUNDED
    assert_no_drift()
