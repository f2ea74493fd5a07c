"""What waits for the staff. Each queue is a question to answer today."""

from typing import assert_never
from uuid import UUID

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import now

from orders.models import Delivery, Order
from orders.status import OrderStatus


class Queue(models.TextChoices):
    TO_ASSIGN = "to_assign", "À attribuer"
    IN_PROGRESS = "in_progress", "En préparation"
    TO_VALIDATE = "to_validate", "À valider"
    TO_DELIVER = "to_deliver", "À remettre"
    LATE = "late", "En retard"


# Paid, and not delivered yet.
PROMISED = (
    OrderStatus.PAID,
    OrderStatus.PROCESSING,
    OrderStatus.AWAITING_VALIDATION,
)


def in_queue(orders: QuerySet[Order], queue: Queue) -> QuerySet[Order]:
    """Those of `orders` that wait in this queue; the order of the rows is theirs."""
    if queue == Queue.TO_DELIVER:
        orders = orders.filter(pk__in=_waiting_to_leave())
    return orders.filter(_condition(queue))


def counts(orders: QuerySet[Order]) -> dict[Queue, int]:
    """How many of `orders` wait in each queue, in two queries."""
    # Only rows that can be in a queue are looked at, each by an index.
    waiting = Q(status__in=PROMISED) | Q(pk__in=_waiting_to_leave())
    found = (
        orders.filter(waiting)
        .order_by()
        .aggregate(
            **{queue.value: Count("pk", filter=_condition(queue)) for queue in Queue}
        )
    )
    return {queue: found[queue.value] for queue in Queue}


def _condition(queue: Queue) -> Q:
    # What is frozen cannot be worked on; that it is late has to be known all the same.
    free = Q(is_on_hold=False)
    match queue:
        case Queue.TO_ASSIGN:
            return Q(status=OrderStatus.PAID) & free
        case Queue.IN_PROGRESS:
            return Q(status=OrderStatus.PROCESSING)
        case Queue.TO_VALIDATE:
            return Q(status=OrderStatus.AWAITING_VALIDATION) & free
        case Queue.TO_DELIVER:
            # Among those whose reading waits to leave.
            return Q(status=OrderStatus.COMPLETED) & free
        case Queue.LATE:
            # Not only "before now": MongoDB takes nothing for earlier than anything.
            is_past = Q(due_at__isnull=False, due_at__lt=now())
            return Q(status__in=PROMISED) & is_past
    assert_never(queue)


def _waiting_to_leave() -> list[UUID]:
    """Ids, not a join: they are few, and joins are ruinous on MongoDB."""
    unsent = Delivery.objects.filter(sent_at=None)
    return list(unsent.order_by().values_list("order_id", flat=True))
