"""What is applied of Stripe's answers about a period, and what never is."""

from dataclasses import replace
from typing import Any

import pytest

from orders.models import Order
from payments.gateway import IntentSnapshot, InvoiceSnapshot, gateway
from payments.models import Invoice, Subscription
from payments.subscriptions.apply_invoice import apply_invoice
from payments.subscriptions.apply_subscription import apply_subscription
from payments.subscriptions.change import stop_now
from payments.subscriptions.look import intent_of
from tests.money.books import alerts
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import (
    letters_about,
    pass_a_period,
    subscribe,
    under_a_clock,
)

pytestmark = pytest.mark.django_db(transaction=True)


def paid_renewal(
    sandbox: SandboxProcess,
) -> tuple[Subscription, InvoiceSnapshot, IntentSnapshot]:
    """A second period, as Stripe tells of it; not applied yet."""
    clock = under_a_clock(sandbox)
    subscription = subscribe(sandbox)
    pass_a_period(sandbox, clock, subscription)
    billing = gateway().billing
    latest = billing.fetch_subscription(str(subscription.stripe_id)).latest_invoice_id
    told = billing.fetch_invoice(latest)
    intent = intent_of(told)
    assert intent
    return subscription, told, intent


@pytest.mark.parametrize(
    "difference",
    [{"amount_received": 9600}, {"currency": "usd"}, {"amount_received": 0}],
    ids=str,
)
def test_a_period_that_does_not_add_up_makes_no_order(
    sandbox: SandboxProcess, difference: dict[str, Any]
) -> None:
    subscription, told, intent = paid_renewal(sandbox)

    apply_invoice(subscription, told, replace(intent, **difference), by="stripe")

    assert Order.objects.count() == 1
    assert alerts() == ["invoice_without_payment"]


def test_a_period_paid_without_an_intent_makes_no_order(
    sandbox: SandboxProcess,
) -> None:
    subscription, told, _ = paid_renewal(sandbox)

    apply_invoice(subscription, told, None, by="stripe")

    assert Order.objects.count() == 1
    assert alerts() == ["invoice_without_payment"]


def test_what_adds_up_after_all_makes_its_order(sandbox: SandboxProcess) -> None:
    subscription, told, intent = paid_renewal(sandbox)
    apply_invoice(subscription, told, None, by="stripe")

    apply_invoice(subscription, told, intent, by="reconcile")

    assert Order.objects.filter(status="paid").count() == 2


def test_old_news_does_not_open_a_paid_period(sandbox: SandboxProcess) -> None:
    subscription, told, intent = paid_renewal(sandbox)
    apply_invoice(subscription, told, intent, by="stripe")

    for old in ("draft", "open", "void", "uncollectible"):
        before = replace(told, status=old, amount_paid=0, attempt_count=9)
        apply_invoice(subscription, before, intent, by="latecomer")

    invoice = Invoice.objects.get(stripe_id=told.invoice_id)
    assert (invoice.status, invoice.amount_paid) == ("paid", 9700)
    assert Order.objects.count() == 2
    assert letters_about("renewal_unpaid") == []


def test_an_answer_from_before_the_end_does_not_bring_it_back(
    sandbox: SandboxProcess,
) -> None:
    subscription = subscribe(sandbox)
    seen = gateway().billing.fetch_subscription(str(subscription.stripe_id))
    stop_now(subscription, by="esther", note="Demande du client")

    apply_subscription(subscription, seen, by="latecomer")

    subscription.refresh_from_db()
    assert subscription.status == "canceled"


@pytest.mark.parametrize(
    "difference",
    [{"livemode": True}, {"subscription_id": "sub_other"}],
    ids=str,
)
def test_news_of_another_subscription_or_mode_changes_nothing(
    sandbox: SandboxProcess, difference: dict[str, Any]
) -> None:
    subscription = subscribe(sandbox)
    seen = gateway().billing.fetch_subscription(str(subscription.stripe_id))
    told = replace(seen, status="past_due", **difference)

    applied = apply_subscription(subscription, told, by="stripe")

    subscription.refresh_from_db()
    assert not applied
    assert subscription.status == "active"
    assert alerts() == ["subscription_mismatch"]
