"""Which of our payments Stripe is talking about."""

from uuid import UUID

from orders.models import Order
from payments.gateway import IntentSnapshot
from payments.models import Payment
from payments.status import OPEN


def payment_with(intent_id: str) -> Payment | None:
    """Our row for this intent's id; None if it is another product's."""
    if not intent_id:
        return None
    return Payment.objects.filter(intent_id=intent_id).first()


def payment_of(intent: IntentSnapshot) -> Payment | None:
    """Our row for this intent; None if it is another product's.

    Stripe's news may be faster than the answer that told us the intent's id, or
    that answer was lost: then the order's id in the metadata leads to the payment
    that is still without one.
    """
    if known := payment_with(intent.intent_id):
        return known
    order = order_named_by(intent)
    if order is None:
        return None
    return order.payments.filter(intent_id=None, status__in=OPEN).first()


def order_named_by(intent: IntentSnapshot) -> Order | None:
    """The order of ours whose id is in the intent's metadata."""
    try:
        return Order.objects.filter(pk=UUID(intent.order_id)).first()
    except ValueError:
        return None
