"""Which of our payments Stripe is talking about."""

from uuid import UUID

from django.db.models import QuerySet

from lumira.kit.prepared import prepared
from orders.models import Order
from payments.gateway import IntentSnapshot
from payments.models import Payment
from payments.status import OPEN

# What settling an order reads; Django asks for the rest where it is wanted after all.
# Not the customer's answers: reading them means to decrypt them.
_NEEDED = (
    *(
        field.attname
        for field in Payment._meta.concrete_fields
        if field.attname not in ("stripe_metadata", "stripe_customer_id")
    ),
    *("order__number", "order__status", "order__is_on_hold", "order__user_id"),
    *("order__correlation_id", "order__service__delivery_hours"),
)


def payment_with(intent_id: str) -> Payment | None:
    """Our row for this intent's id; None if it is another product's."""
    if not intent_id:
        return None
    return next(iter(_with_intent(intent_id)), None)


@prepared
def _with_intent(intent_id: str) -> QuerySet[Payment]:
    """With its order and service: one row, so a join is cheap on every engine."""
    known = Payment.objects.select_related("order__service").only(*_NEEDED)
    return known.filter(intent_id=intent_id)


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
