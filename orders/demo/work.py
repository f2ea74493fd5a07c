"""The staff's work on the demo's orders, by the actions the admin calls."""

from datetime import timedelta
from pathlib import Path

from django.db.models import F

from lumira.accounts.models import User
from lumira.kit.db import transactional
from orders.actions.assign import claim_order
from orders.actions.submit_reading import submit_reading
from orders.actions.validate_reading import approve_reading
from orders.actions.write_reading import write_reading
from orders.demo.customers import DemoOrder
from orders.demo.staff import VALIDATOR
from orders.models import Delivery, ExpertReview, Order, OrderEvent, Reading, Validation
from orders.models.order import DeliveryFormat
from orders.status import WORK, OrderStatus

S = OrderStatus
# What the experts wrote, by the key of the order.
READINGS = Path(__file__).parent / "readings"
# How long ago things happened, as a part of the order's age.
WHEN = {
    S.PROCESSING: 0.8,
    S.AWAITING_VALIDATION: 0.5,
    S.COMPLETED: 0.45,
    S.REFUNDED: 0.5,
}


def do_the_work(demo: DemoOrder, order: Order) -> None:
    """From paid to the state in which the demo shows the order."""
    if demo.state not in WORK:
        return
    expert = order.expert
    if expert is None or expert.user is None:
        raise ValueError(f"Nobody can work on {demo.key}.")
    claim_order(order, expert=expert, by=expert.user.username)
    if demo.state == S.PROCESSING:
        return
    text = (READINGS / f"{demo.key}.txt").read_text()
    reading = write_reading(order, text=text, author=expert.user, expected_revision=0)
    submit_reading(reading, by=expert.user.username)
    if demo.state == S.COMPLETED:
        approve_reading(reading, validator=User.objects.get(username=VALIDATOR))


@transactional
def move_back_in_time(order: Order, age: timedelta) -> None:
    """A shop where everything happened this minute would not be believable."""
    Order.objects.filter(pk=order.pk).update(
        created_at=F("created_at") - age,
        paid_at=F("paid_at") - age,
        due_at=F("due_at") - age,
        completed_at=F("completed_at") - age * WHEN[S.COMPLETED],
    )
    for status in S:
        events = OrderEvent.objects.filter(order=order, after=status)
        events.update(at=F("at") - age * WHEN.get(status, 1))
    written = age * WHEN[S.AWAITING_VALIDATION]
    ExpertReview.objects.filter(order=order).update(
        assigned_at=F("assigned_at") - age * WHEN[S.PROCESSING],
        reviewed_at=F("reviewed_at") - written,
    )
    readings = Reading.objects.filter(order=order)
    readings.update(created_at=F("created_at") - written)
    approved = age * WHEN[S.COMPLETED]
    Validation.objects.filter(reading__in=list(readings)).update(
        validated_at=F("validated_at") - approved
    )
    deliveries = Delivery.objects.filter(order=order)
    deliveries.update(approved_at=F("approved_at") - approved)
    if order.delivery_format == DeliveryFormat.EMAIL:
        # The worker may not have sent the mail yet, and would say that it is of today.
        deliveries.update(sent_at=F("approved_at"), sent_by="worker")
