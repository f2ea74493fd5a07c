"""Subscriptions and their invoices: what Stripe has done with them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from payments.gateway import (
    InvoiceSnapshot,
    NotFound,
    SubscriptionSnapshot,
    gateway,
)
from payments.models import Invoice, Subscription
from payments.reconcile.drift import Drift
from payments.status import ENDED_SUBSCRIPTION, GOING_ON, InvoiceStatus
from payments.subscriptions.apply_subscription import apply_subscription
from payments.subscriptions.find import is_our_price, subscription_of
from payments.subscriptions.look import look_at_invoice


def survey_subscriptions() -> Iterator[Drift]:
    """Those that go on, here or there, and do not stand as Stripe says."""
    seen = set()
    for told in gateway().billing.subscriptions_going_on():
        subscription = subscription_of(told.subscription_id, told.our_id)
        if subscription is None:
            if told.status in GOING_ON and is_our_price([told.price_id]):
                yield _stray(told)
            continue  # another product's
        seen.add(subscription.pk)
        if _facts(subscription) != _facts_of(told):
            yield _drift(subscription, told)
    ours = Subscription.objects.exclude(status__in=sorted(ENDED_SUBSCRIPTION))
    for subscription in ours.exclude(stripe_id=None).exclude(pk__in=seen):
        try:
            told = gateway().billing.fetch_subscription(str(subscription.stripe_id))
        except NotFound:
            yield _unknown(subscription)
            continue
        if _facts(subscription) != _facts_of(told):
            yield _drift(subscription, told)


def survey_invoices(since: datetime) -> Iterator[Drift]:
    """Periods that Stripe billed, and what became of them. Unpaid ones at any age."""
    yield from _old_open_invoices(since)
    for told in gateway().billing.invoices_since(since):
        subscription = subscription_of(told.subscription_id, told.our_subscription_id)
        if subscription is None:
            continue
        ours = Invoice.objects.filter(stripe_id=told.invoice_id).first()
        if not _agrees(ours, told):
            yield _invoice_drift(subscription, ours, told)


def _old_open_invoices(since: datetime) -> Iterator[Drift]:
    """What Stripe still tries to collect. After the end of a subscription nobody does:
    should it be paid all the same, its event tells."""
    still_open = Invoice.objects.filter(
        status=InvoiceStatus.OPEN, created_at__lt=since
    ).prefetch_related("subscription")
    for ours in still_open:
        if ours.subscription.status in ENDED_SUBSCRIPTION:
            continue
        told = gateway().billing.fetch_invoice(ours.stripe_id)
        if not _agrees(ours, told):
            yield _invoice_drift(ours.subscription, ours, told)


def _invoice_drift(
    subscription: Subscription, ours: Invoice | None, told: InvoiceSnapshot
) -> Drift:
    return Drift(
        kind="invoice",
        about=told.invoice_id,
        order=subscription.order_number,
        ours=_said(ours),
        stripes=f"{told.status} {told.amount_paid} {told.currency}",
        mend=partial(_mend_invoice, subscription, told.invoice_id),
    )


def _facts(subscription: Subscription) -> tuple[object, ...]:
    return (
        subscription.stripe_id,
        subscription.status,
        subscription.stops_at_period_end,
        subscription.amount,
        subscription.period_end,
    )


def _facts_of(told: SubscriptionSnapshot) -> tuple[object, ...]:
    return (
        told.subscription_id,
        told.status,
        told.stops_at_period_end,
        told.amount,
        told.period_end,
    )


def _drift(subscription: Subscription, told: SubscriptionSnapshot) -> Drift:
    return Drift(
        kind="subscription",
        about=told.subscription_id,
        order=subscription.order_number,
        ours=f"{subscription.status} {subscription.amount}",
        stripes=f"{told.status} {told.amount}",
        mend=partial(_mend_subscription, subscription, told.subscription_id),
    )


def _stray(told: SubscriptionSnapshot) -> Drift:
    """Made by hand in the dashboard: only a person can say what it is for."""
    return Drift(
        kind="subscription",
        about=told.subscription_id,
        order="",
        ours="nothing",
        stripes=f"{told.status} {told.amount}",
        mend=None,
    )


def _unknown(subscription: Subscription) -> Drift:
    """Not ended here: with the wrong keys in force, Stripe knows none of them."""
    return Drift(
        kind="subscription",
        about=str(subscription.stripe_id),
        order=subscription.order_number,
        ours=f"{subscription.status} {subscription.amount}",
        stripes="nothing",
        mend=None,
    )


def _mend_subscription(subscription: Subscription, stripe_id: str) -> None:
    # Asked again: what the list said may have changed since, by our own doing.
    told = gateway().billing.fetch_subscription(stripe_id)
    if not apply_subscription(subscription, told, by="reconcile"):
        raise RuntimeError(f"{subscription} is not what Stripe says")


def _agrees(ours: Invoice | None, told: InvoiceSnapshot) -> bool:
    if ours is None:
        # A draft may still change; a checkout that is not paid is the payment's news.
        is_no_money = told.status in {InvoiceStatus.OPEN, InvoiceStatus.VOID}
        return told.status == InvoiceStatus.DRAFT or (told.is_first and is_no_money)
    if ours.status != told.status:
        return False
    is_collected = told.status == InvoiceStatus.PAID and told.amount_paid > 0
    return ours.payment_id is not None or not is_collected


def _said(ours: Invoice | None) -> str:
    if ours is None:
        return "nothing"
    return f"{ours.status}{'' if ours.payment_id else ', no order'}"


def _mend_invoice(subscription: Subscription, invoice_id: str) -> None:
    invoice = look_at_invoice(subscription, invoice_id, by="reconcile")
    if invoice.status == InvoiceStatus.PAID and invoice.payment_id is None:
        raise RuntimeError(f"{invoice} has no order yet")
