"""What the subscriptions bring in month by month, if nobody comes or goes."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Sum

from payments.models import RecurringPrice, Subscription
from payments.status import SubscriptionStatus
from payments.subscriptions.terms import MONTHS


@dataclass(frozen=True, slots=True)
class Recurring:
    """One currency. `monthly` in minor units; a year counts for a twelfth of it."""

    currency: str
    monthly: int
    subscriptions: int


def recurring() -> list[Recurring]:
    """Of those that run, are paid and go on; the busiest currency first. Two queries.

    A late one is left out until it is paid, one that stops from the day it is asked.
    """
    # By the price, whose period is looked up: joins are ruinous on MongoDB.
    rows = list(
        Subscription.objects.filter(
            status=SubscriptionStatus.ACTIVE, stops_at_period_end=False
        )
        .values("currency", "price_id")
        .annotate(total=Sum("amount"), number=Count("pk"))
        .order_by()
    )
    if not rows:
        return []
    prices = RecurringPrice.objects.filter(pk__in=[row["price_id"] for row in rows])
    periods = dict(prices.values_list("pk", "interval"))
    totals: dict[tuple[str, int], int] = defaultdict(int)
    numbers: dict[str, int] = defaultdict(int)
    for row in rows:
        months = MONTHS[periods[row["price_id"]]]
        totals[row["currency"], months] += row["total"]
        numbers[row["currency"]] += row["number"]
    found = [
        Recurring(
            currency,
            monthly=sum(
                _part(total, months)
                for (named, months), total in totals.items()
                if named == currency
            ),
            subscriptions=number,
        )
        for currency, number in numbers.items()
    ]
    return sorted(found, key=lambda one: (-one.subscriptions, one.currency))


def _part(total: int, months: int) -> int:
    """One month's; half a cent rounds up."""
    return (2 * total + months) // (2 * months)
