"""Billing periods on the calendar, in UTC.

https://docs.stripe.com/billing/subscriptions/billing-cycle
"""

from calendar import monthrange
from datetime import UTC, datetime

from payments.sandbox.store import Json

DAY_S = 24 * 3600
_SECONDS = {"day": DAY_S, "week": 7 * DAY_S}
_MONTHS = {"month": 1, "year": 12}


def moved(anchor: int, interval: str, count: int) -> int:
    """The anchor so many intervals on. A month that is too short ends on its last day.

    Counting is from the anchor: the 31st comes back after February.
    """
    if interval in _SECONDS:
        return anchor + count * _SECONDS[interval]
    start = datetime.fromtimestamp(anchor, UTC)
    month = start.month - 1 + count * _MONTHS[interval]
    year, month = start.year + month // 12, month % 12 + 1
    day = min(start.day, monthrange(year, month)[1])
    return int(start.replace(year=year, month=month, day=day).timestamp())


def end_of_period(anchor: int, recurring: Json, start: int) -> int:
    """The first boundary after `start`, counted in whole intervals from the anchor."""
    interval, every = recurring["interval"], recurring["interval_count"]
    longest_s = moved(anchor, interval, every) - anchor + 3 * DAY_S
    count = max((start - anchor) // longest_s, 0)
    while moved(anchor, interval, count * every) <= start:
        count += 1
    return moved(anchor, interval, count * every)


def on_day(moment: int) -> str:
    """Stripe's way to write a day on an invoice: 22 Nov 2026."""
    day = datetime.fromtimestamp(moment, UTC)
    return f"{day.day} {day:%b %Y}"
