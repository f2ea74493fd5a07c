"""News that is faster than the answer, or comes when much has happened since."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from orders.models import Order
from payments.actions.start_payment import start_payment
from payments.gateway import GatewayError
from payments.models import Invoice, Subscription
from payments.subscriptions.change import (
    ChangeRefused,
    pay_what_is_open,
    resume,
    stop_at_period_end,
    stop_now,
)
from tests.lumira.at_once import at_once
from tests.money.books import alerts, assert_no_drift, let_pass, run_reconcile
from tests.money.dashboard import news
from tests.payments.signed_events import deliver
from tests.sandbox.billing.making import (
    DAY_S,
    FAILS_LATER,
    HOUR_S,
    give_card,
)
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    GOOD_CARD,
    charge_from_now_on,
    letters_about,
    make_monthly_order,
    pass_a_period,
    sdk,
    subscribe,
    under_a_clock,
)

pytestmark = pytest.mark.django_db(transaction=True)
SUBSCRIPTIONS = "POST /v1/subscriptions"


def begin_and_lose_the_answer(sandbox: SandboxProcess) -> tuple[Order, Any]:
    """Stripe made it; nobody here knows."""
    order = make_monthly_order()
    sandbox.fault("reset_after", route=SUBSCRIPTIONS, count=4)
    with pytest.raises(GatewayError):
        start_payment(order)
    [there] = sdk(sandbox).subscriptions.list({"status": "all"}).data
    return order, there


def bring(sandbox: SandboxProcess, *kinds: str) -> None:
    for event in news(sandbox, *kinds):
        assert deliver(Client(), event).status_code == 200


def test_news_before_the_answer_is_about_the_row_that_waits(
    sandbox: SandboxProcess,
) -> None:
    _, there = begin_and_lose_the_answer(sandbox)

    bring(sandbox, "customer.subscription.created")

    assert Subscription.objects.get().stripe_id == there.id


def test_a_paid_invoice_before_the_answer_tells_which_subscription_it_is(
    sandbox: SandboxProcess,
) -> None:
    order, there = begin_and_lose_the_answer(sandbox)
    invoice = sdk(sandbox).invoices.retrieve(
        there.latest_invoice, {"expand": ["payments"]}
    )
    intent_id = invoice.payments.data[0].payment.payment_intent
    sandbox.pay(intent_id, card=GOOD_CARD)
    bring(sandbox, "invoice.paid")
    sdk(sandbox).subscriptions.cancel(there.id)

    run_reconcile()

    order.refresh_from_db()
    subscription = Subscription.objects.get()
    assert order.status == "paid"
    assert (subscription.stripe_id, subscription.status) == (there.id, "canceled")
    assert_no_drift()


def test_a_checkout_that_stripe_gave_up_begins_anew_after_keys_are_forgotten(
    sandbox: SandboxProcess,
) -> None:
    order, gone = begin_and_lose_the_answer(sandbox)
    bring(sandbox, "customer.subscription.created")
    sandbox.advance(25 * HOUR_S)
    let_pass(timedelta(hours=25))

    payment, intent = start_payment(order)
    sandbox.pay(intent.intent_id, card=GOOD_CARD)
    bring(sandbox)

    [going_on] = sdk(sandbox).subscriptions.list({"status": "active"}).data
    ours = Subscription.objects.get(stripe_id=going_on.id)
    assert ours.status == "active"
    assert ours.first_payment == payment
    assert Subscription.objects.get(stripe_id=gone.id).status == "incomplete_expired"
    assert_no_drift()


def test_what_was_given_up_unpaid_is_not_said_to_have_ended(
    sandbox: SandboxProcess,
) -> None:
    start_payment(make_monthly_order())
    subscription = Subscription.objects.get()

    sdk(sandbox).customers.delete(subscription.customer.stripe_id)
    run_reconcile()

    subscription.refresh_from_db()
    assert subscription.ended_at is not None
    assert letters_about("subscription_ended") == []


def test_a_checkout_under_way_is_no_disagreement(sandbox: SandboxProcess) -> None:
    start_payment(make_monthly_order())

    report = run_reconcile()

    assert [drift.kind for drift in report.mended] == []


def test_a_period_paid_after_months_is_found_without_news(
    sandbox: SandboxProcess,
) -> None:
    clock = under_a_clock(sandbox)
    subscription = subscribe(sandbox)
    charge_from_now_on(sandbox, subscription, FAILS_LATER)
    pass_a_period(sandbox, clock, subscription)
    bring(sandbox, "invoice.payment_failed", "customer.subscription.updated")
    invoice = Invoice.objects.get(status="open")
    charge_from_now_on(sandbox, subscription, "pm_card_visa")
    sdk(sandbox).invoices.pay(invoice.stripe_id)

    run_reconcile(window=timedelta(0))

    invoice.refresh_from_db()
    assert invoice.status == "paid"
    assert invoice.payment is not None


def test_a_stop_is_one_line_of_history_however_often_it_is_asked_for(
    sandbox: SandboxProcess,
) -> None:
    subscription = subscribe(sandbox)
    lines = subscription.events.count()

    for _ in range(3):
        stop_at_period_end(subscription, by="esther")
    for _ in range(3):
        resume(subscription, by="esther")

    assert subscription.events.count() == lines + 2


def test_paying_what_was_paid_meanwhile_is_no_error(sandbox: SandboxProcess) -> None:
    clock = under_a_clock(sandbox)
    subscription = subscribe(sandbox)
    charge_from_now_on(sandbox, subscription, FAILS_LATER)
    pass_a_period(sandbox, clock, subscription)
    bring(sandbox, "invoice.payment_failed")
    charge_from_now_on(sandbox, subscription, "pm_card_visa")

    answers = at_once(4, lambda _: pay_what_is_open(subscription, by="customer"))

    assert answers == [None] * 4
    assert Order.objects.filter(status="paid").count() == 2
    assert_no_drift()


def test_what_never_reached_stripe_cannot_be_stopped(sandbox: SandboxProcess) -> None:
    begin_and_lose_the_answer(sandbox)

    with pytest.raises(ChangeRefused):
        stop_now(Subscription.objects.get(), by="esther", note="Demande")


def test_our_price_sold_by_somebody_else_is_an_alert(sandbox: SandboxProcess) -> None:
    ours = subscribe(sandbox)
    api = sdk(sandbox)
    give_card(api, api.customers.retrieve(ours.customer.stripe_id), "pm_card_visa")
    made = api.subscriptions.create(
        {
            "customer": ours.customer.stripe_id,
            "items": [{"price": ours.price.stripe_id}],
        }
    )

    bring(sandbox)
    report = run_reconcile()

    assert alerts() == ["stray_subscription"]
    assert [drift.about for drift, _ in report.left] == [made.id]
    assert Subscription.objects.count() == 1


def test_another_product_of_the_account_is_not_ours(sandbox: SandboxProcess) -> None:
    api = sdk(sandbox)
    stranger = api.customers.create({"email": "carol@example.org"})
    product = api.products.create({"name": "Journal"})
    price = api.prices.create(
        {
            "product": product.id,
            "unit_amount": 500,
            "currency": "eur",
            "recurring": {"interval": "month"},
        }
    )
    api.subscriptions.create(
        {
            "customer": stranger.id,
            "items": [{"price": price.id}],
            "payment_behavior": "default_incomplete",
        }
    )
    sandbox.advance(DAY_S)

    bring(sandbox)

    assert alerts() == []
    assert_no_drift()
