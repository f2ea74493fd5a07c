"""What money does to an order. Called by whoever takes the money."""

from datetime import datetime, timedelta

from lumira.kit.db import transactional
from lumira.outbox.announcing import announce
from orders.models import Order
from orders.status import UNPAID, OrderStatus


@transactional
def mark_paid(order: Order, *, at: datetime, by: str) -> bool:
    """The full amount arrived. The customer is told once, whoever repeats this.

    Returns True for the one caller that made the change. An order that is past
    being unpaid stays where it is.
    """
    order.refresh_from_db(fields=["status"])
    if order.status not in UNPAID:
        return False
    if not order.move_to(OrderStatus.PAID, by=by, paid_at=at):
        return False
    # Promised on the day of the payment: a later change of the service is not theirs.
    due_at = at + timedelta(hours=order.service.delivery_hours)
    Order.objects.filter(pk=order.pk).update(due_at=due_at)
    order.due_at = due_at
    announce("order_paid", key=f"order_paid:{order.pk}", order_id=str(order.pk))
    return True


@transactional
def mark_payment_failed(order: Order, *, by: str, note: str) -> bool:
    """A try to pay did not work. The order stays payable; anything later stays."""
    order.refresh_from_db(fields=["status"])
    if order.status != OrderStatus.PENDING:
        return False
    return order.move_to(OrderStatus.FAILED, by=by, note=note)
