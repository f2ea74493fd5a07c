"""Orders that nobody paid."""

from datetime import timedelta

from django.utils.timezone import now

from orders.actions.settle import mark_payment_failed
from orders.models import Order
from orders.status import OrderStatus
from payments.actions.close_payment import close_payment
from payments.models import Payment
from payments.status import OPEN, PaymentStatus

AFTER = timedelta(hours=24)


def expire_unpaid() -> int:
    """Close what has been open for a day. How many payments and orders were closed.

    The intent is cancelled at Stripe first, so that nobody pays for an order that is
    closed here; the customer can still come back, and gets a new one. A payment that
    is processing is the bank's, and waits. Safe to repeat. Raises GatewayError.
    """
    before = now() - AFTER
    waiting = Payment.objects.filter(status__in=OPEN, created_at__lte=before)
    closed = sum(
        close_payment(payment, by="expiry")
        for payment in waiting.exclude(status=PaymentStatus.PROCESSING)
    )
    never_opened = Order.objects.filter(
        status=OrderStatus.PENDING, created_at__lte=before, payments=None
    )
    return closed + sum(
        mark_payment_failed(order, by="expiry", note="Aucun paiement en 24 heures.")
        for order in never_opened
    )
