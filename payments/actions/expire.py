"""Orders that nobody paid."""

from datetime import timedelta

from django.utils.timezone import now

from orders.actions.settle import mark_payment_failed
from orders.models import Order
from orders.status import OrderStatus
from payments.actions.close_payment import close_payment
from payments.gateway import GatewayError
from payments.models import Payment
from payments.status import OPEN, PaymentStatus

AFTER = timedelta(hours=24)


def expire_unpaid() -> tuple[int, list[str]]:
    """Close what has been open for a day: how many, and what Stripe would not close.

    The intent is cancelled at Stripe first, so that nobody pays for an order that is
    closed here; the customer can still come back, and gets a new one. A payment that
    is processing is the bank's, and waits. One that cannot be closed does not keep
    the others open. Safe to repeat.
    """
    before = now() - AFTER
    closed, problems = 0, []
    waiting = Payment.objects.filter(status__in=OPEN, created_at__lte=before)
    for payment in waiting.exclude(status=PaymentStatus.PROCESSING):
        try:
            closed += close_payment(payment, by="expiry")
        except GatewayError as problem:
            problems.append(f"expiry of {payment.order_number}: {problem}")
    old = Order.objects.filter(status=OrderStatus.PENDING, created_at__lte=before)
    for order in old.prefetch_related("payments"):
        if order.payments.all():
            continue
        note = "Aucun paiement en 24 heures."
        closed += mark_payment_failed(order, by="expiry", note=note)
    return closed, problems
