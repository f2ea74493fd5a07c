"""What money does to an order. Called by whoever takes the money."""

from datetime import datetime, timedelta

from lumira.kit.db import transactional
from lumira.outbox.announcing import announce
from orders.models import Order
from orders.status import InvalidMove, OrderStatus


@transactional
def mark_paid(order: Order, *, at: datetime, by: str) -> bool:
    """The full amount arrived. The customer is told once, whoever repeats this.

    Returns True for the one caller that made the change. An order that is past
    being unpaid stays where it is.
    """
    # Promised on the day of the payment: a later change of the service is not theirs.
    due_at = at + timedelta(hours=order.service.delivery_hours)
    try:
        is_ours = order.move_to(
            OrderStatus.PAID, by=by, paid_at=at, due_at=due_at, follow_up_at=None
        )
    except InvalidMove:
        return False
    if not is_ours:
        return False
    announce("order_paid", key=f"order_paid:{order.pk}", order_id=str(order.pk))
    return True


@transactional
def mark_payment_failed(order: Order, *, by: str, note: str) -> bool:
    """A try to pay did not work. The order stays payable; anything later stays."""
    try:
        return order.move_to(OrderStatus.FAILED, by=by, note=note)
    except InvalidMove:  # paid by another try, perhaps just now
        return False
