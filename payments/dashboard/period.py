"""The stretch of days that the dashboard speaks of, and the one before it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import get_default_timezone, make_aware

# The bars of a single day would be one bar.
FEWEST_DAYS_OF_A_CHART = 7


@dataclass(frozen=True, slots=True)
class Span:
    """From `start`, included, to `end`, excluded."""

    start: datetime
    end: datetime

    def holds(self, field: str) -> Q:
        """Rows whose `field` lies in here."""
        return Q(**{f"{field}__gte": self.start, f"{field}__lt": self.end})


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the shop's time zone up to today, and as many before them."""

    first_day: date
    last_day: date
    now: Span
    before: Span

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def chart_days(self) -> list[date]:
        """Each day that a chart shows: the period's, and a week at least."""
        number = max(self.days, FEWEST_DAYS_OF_A_CHART)
        return [self.last_day - timedelta(days=ago) for ago in reversed(range(number))]

    @property
    def oldest(self) -> datetime:
        """Nothing before it is asked for, neither to compare nor for a chart."""
        return min(self.before.start, _midnight(self.chart_days[0]))


def period_of(days: int, *, at: datetime) -> Period:
    """The last `days` days, today included.

    What came before is cut at the same hour: at noon, today is half a day, and a
    whole yesterday would always have been better.
    """
    today = at.astimezone(get_default_timezone())
    first_day = today.date() - timedelta(days=days - 1)
    return Period(
        first_day=first_day,
        last_day=today.date(),
        now=Span(_midnight(first_day), _midnight(today.date() + timedelta(days=1))),
        before=Span(
            _midnight(first_day - timedelta(days=days)),
            _local(today.replace(tzinfo=None) - timedelta(days=days)),
        ),
    )


def _midnight(day: date) -> datetime:
    return _local(datetime.combine(day, time.min))


def _local(naive: datetime) -> datetime:
    # In UTC, where no hour is missing or twice: comparisons are then what they seem.
    return make_aware(naive, get_default_timezone()).astimezone(UTC)
