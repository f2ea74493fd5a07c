"""How the shop's orders stand, and how long customers wait."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, DurationField, F, Q, Sum

from orders.models import Order
from orders.status import OrderStatus
from payments.dashboard.period import Period


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Orders delivered in one stretch of time, whenever they were paid."""

    number: int = 0
    on_time: int = 0
    waited: timedelta = field(default_factory=timedelta)

    @property
    def average(self) -> timedelta | None:
        """From the payment to the delivery: the mean, not the median."""
        return self.waited / self.number if self.number else None


@dataclass(frozen=True, slots=True)
class OrderFigures:
    # Orders placed in the period, by how they stand now; every state is named.
    by_state: dict[OrderStatus, int]
    # Orders paid in the period, also those refunded since.
    paid: int
    paid_before: int
    delivered: Deliveries
    delivered_before: Deliveries

    @property
    def placed(self) -> int:
        return sum(self.by_state.values())


def order_figures(period: Period) -> OrderFigures:
    """All of the shop's orders, in one query that looks at those of late only."""
    placed = period.now.holds("created_at")
    delivered = period.now.holds("completed_at")
    delivered_before = period.before.holds("completed_at")
    waited = F("completed_at") - F("paid_at")
    # Not grouped by state: SQLite would go through every order, state by state.
    found = Order.objects.filter(
        placed
        | Q(paid_at__gte=period.before.start)
        | Q(completed_at__gte=period.before.start)
    ).aggregate(
        **{
            f"placed_{status}": Count("pk", filter=placed & Q(status=status))
            for status in OrderStatus
        },
        paid=Count("pk", filter=period.now.holds("paid_at")),
        paid_before=Count("pk", filter=period.before.holds("paid_at")),
        delivered=Count("pk", filter=delivered),
        on_time=Count("pk", filter=delivered & Q(completed_at__lte=F("due_at"))),
        waited=Sum(waited, filter=delivered, output_field=DurationField()),
        delivered_before=Count("pk", filter=delivered_before),
        waited_before=Sum(
            waited, filter=delivered_before, output_field=DurationField()
        ),
    )
    return OrderFigures(
        by_state={status: found[f"placed_{status}"] for status in OrderStatus},
        paid=found["paid"],
        paid_before=found["paid_before"],
        delivered=Deliveries(
            number=found["delivered"],
            on_time=found["on_time"],
            waited=found["waited"] or timedelta(),
        ),
        delivered_before=Deliveries(
            number=found["delivered_before"],
            waited=found["waited_before"] or timedelta(),
        ),
    )
