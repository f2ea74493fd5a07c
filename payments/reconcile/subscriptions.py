"""Subscriptions and their invoices: what Stripe has done with them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from payments.gateway import InvoiceSnapshot, SubscriptionSnapshot, gateway
from payments.models import Invoice, Subscription
from payments.reconcile.drift import Drift
from payments.status import ENDED_SUBSCRIPTION, InvoiceStatus
from payments.subscriptions.apply_subscription import apply_subscription
from payments.subscriptions.find import subscription_of
from payments.subscriptions.look import look_at_invoice


def survey_subscriptions() -> Iterator[Drift]:
    """Those that go on, here or there, and do not stand as Stripe says."""
    seen = set()
    for told in gateway().billing.subscriptions_going_on():
        subscription = subscription_of(told.subscription_id, told.our_id)
        if subscription is None:
            continue  # another product's
        seen.add(subscription.pk)
        if _facts(subscription) != _facts_of(told):
            yield _drift(subscription, told)
    ours = Subscription.objects.exclude(status__in=sorted(ENDED_SUBSCRIPTION))
    for subscription in ours.exclude(stripe_id=None).exclude(pk__in=seen):
        told = gateway().billing.fetch_subscription(str(subscription.stripe_id))
        if _facts(subscription) != _facts_of(told):
            yield _drift(subscription, told)


def survey_invoices(since: datetime) -> Iterator[Drift]:
    """Periods that Stripe billed, and what became of them."""
    for told in gateway().billing.invoices_since(since):
        subscription = subscription_of(told.subscription_id, told.our_subscription_id)
        if subscription is None:
            continue
        ours = Invoice.objects.filter(stripe_id=told.invoice_id).first()
        if not _agrees(ours, told):
            yield Drift(
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
        mend=partial(_mend_subscription, subscription, told),
    )


def _mend_subscription(subscription: Subscription, told: SubscriptionSnapshot) -> None:
    if not apply_subscription(subscription, told, by="reconcile"):
        raise RuntimeError(f"{subscription} is not what Stripe says")


def _agrees(ours: Invoice | None, told: InvoiceSnapshot) -> bool:
    if ours is None:
        # A draft may still change; it is news once it is final.
        return told.status == InvoiceStatus.DRAFT
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
