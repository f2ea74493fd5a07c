"""Orders that nobody paid."""

from datetime import timedelta

from django.utils.timezone import now

from lumira.kit.db import transactional
from orders.actions.settle import mark_payment_failed
from orders.models import Order
from orders.status import OrderStatus
from payments.actions.lost_intent import find_lost_intent
from payments.actions.settlement import apply_intent
from payments.gateway import GatewayError, GatewayUnavailable, gateway
from payments.models import Payment
from payments.status import OPEN, PaymentStatus

AFTER = timedelta(hours=24)


def expire_unpaid() -> int:
    """Close what has been open for a day. How many payments and orders were closed.

    The intent is cancelled at Stripe first, so that nobody pays for an order that is
    closed here; the customer can still come back, and gets a new one. A payment that
    is processing is the bank's, and waits. Safe to repeat.
    """
    before = now() - AFTER
    waiting = Payment.objects.filter(status__in=OPEN, created_at__lte=before)
    closed = sum(
        expire_payment(payment)
        for payment in waiting.exclude(status=PaymentStatus.PROCESSING)
    )
    never_paid_on = Order.objects.filter(
        status=OrderStatus.PENDING, created_at__lte=before, payments=None
    )
    return closed + sum(
        mark_payment_failed(order, by="expiry", note="Aucun paiement en 24 heures.")
        for order in never_paid_on
    )


def expire_payment(payment: Payment) -> bool:
    """Cancel one open payment, unless Stripe says that it is too late for that."""
    if payment.intent_id is None and not find_lost_intent(payment):
        return _close_here(payment)
    try:
        intent = gateway().cancel_intent(
            str(payment.intent_id), idempotency_key=f"{payment.idempotency_key}-cancel"
        )
    except GatewayUnavailable:
        return False
    except GatewayError:
        # Paid, or on its way to be: the truth comes from Stripe.
        intent = gateway().fetch_intent(str(payment.intent_id))
    apply_intent(payment, intent, by="expiry")
    return payment.status == PaymentStatus.CANCELLED


@transactional
def _close_here(payment: Payment) -> bool:
    """Stripe never made it: there is nothing to cancel but our row."""
    closed = payment.move_to(PaymentStatus.CANCELLED)
    mark_payment_failed(payment.order, by="expiry", note="Aucun paiement en 24 heures.")
    return closed
