"""What came in and what went back, by currency and by day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDay
from django.utils.timezone import get_default_timezone

from payments.dashboard.period import Period
from payments.models import Payment, Refund
from payments.status import ON_THE_WAY, PaymentStatus, RefundStatus


@dataclass(slots=True)
class Sums:
    """Minor units of one currency. Money contested in a dispute is not taken off."""

    captured: int = 0
    payments: int = 0
    refunded: int = 0
    # Asked for and not arrived: not part of `refunded`, it may still fail.
    on_the_way: int = 0

    @property
    def net(self) -> int:
        return self.captured - self.refunded

    @property
    def average(self) -> int:
        """Of a collected payment, refunds left aside; half a cent rounds up."""
        if not self.payments:
            return 0
        return (2 * self.captured + self.payments) // (2 * self.payments)


@dataclass(slots=True)
class Takings:
    """One currency: amounts of two are never added."""

    currency: str
    now: Sums = field(default_factory=Sums)
    before: Sums = field(default_factory=Sums)
    # Every day of the chart, also those outside the period and those without money.
    days: dict[date, Sums] = field(default_factory=dict)


def takings(period: Period) -> list[Takings]:
    """The currencies in use, the busiest first. Two queries.

    A payment counts on the day it was collected; a refund on the day it was asked
    for, which is when Stripe takes it off the balance, once it has succeeded.
    """
    found: dict[str, Takings] = {}
    for row in _captured(period):
        one = _of(found, row["currency"], period)
        captured = Sums(captured=row["total"], payments=row["number"])
        _count(one, captured, day=row["day"].date(), period=period)
        one.before.captured += row["total_before"] or 0
        one.before.payments += row["number_before"]
    for row in _refunded(period):
        one = _of(found, row["currency"], period)
        back = Sums(refunded=row["back"] or 0, on_the_way=row["under_way"] or 0)
        _count(one, back, day=row["day"].date(), period=period)
        one.before.refunded += row["back_before"] or 0
    return sorted(
        found.values(),
        key=lambda one: (-one.now.payments, -one.before.payments, one.currency),
    )


def _captured(period: Period) -> Iterable[Mapping[str, Any]]:
    before = period.before.holds("completed_at")
    return (
        Payment.objects.filter(
            status=PaymentStatus.COMPLETED,
            completed_at__gte=period.oldest,
            completed_at__lt=period.now.end,
        )
        .annotate(day=_day("completed_at"))
        .values("day", "currency")
        .annotate(
            total=Sum("amount"),
            number=Count("pk"),
            total_before=Sum("amount", filter=before),
            number_before=Count("pk", filter=before),
        )
        .order_by("day")
    )


def _refunded(period: Period) -> Iterable[Mapping[str, Any]]:
    arrived = Q(status=RefundStatus.SUCCEEDED)
    return (
        Refund.objects.filter(
            status__in={RefundStatus.SUCCEEDED, *ON_THE_WAY},
            created_at__gte=period.oldest,
            created_at__lt=period.now.end,
        )
        .annotate(day=_day("created_at"))
        .values("day", "currency")
        .annotate(
            back=Sum("amount", filter=arrived),
            under_way=Sum("amount", filter=Q(status__in=ON_THE_WAY)),
            back_before=Sum(
                "amount", filter=arrived & period.before.holds("created_at")
            ),
        )
        .order_by("day")
    )


def _day(field_name: str) -> TruncDay:
    # Not TruncDate: MongoDB has none that knows time zones.
    return TruncDay(field_name, tzinfo=get_default_timezone())


def _of(found: dict[str, Takings], currency: str, period: Period) -> Takings:
    if currency not in found:
        days = {day: Sums() for day in period.chart_days}
        found[currency] = Takings(currency, days=days)
    return found[currency]


def _count(one: Takings, sums: Sums, *, day: date, period: Period) -> None:
    """Add a day's sums to its bar, and to the period if it belongs there."""
    totals = [one.days[day]] if day in one.days else []
    if day >= period.first_day:
        totals.append(one.now)
    for total in totals:
        total.captured += sums.captured
        total.payments += sums.payments
        total.refunded += sums.refunded
        total.on_the_way += sums.on_the_way
