"""When the worker looks at an unpaid order, to write to a customer who left."""

from datetime import datetime, timedelta

from django.utils.timezone import now

from orders.models import Order
from orders.status import UNPAID

# Who did nothing for so long has left: until then they may be typing their card.
QUIET = timedelta(minutes=15)


def first_look() -> datetime:
    """At an order that is placed now."""
    return now() + QUIET


def look_again_soon(order: Order) -> None:
    """Something happened to it just now. Not to a paid one; safe to repeat."""
    unpaid = Order.objects.filter(
        pk=order.pk, status__in=sorted(UNPAID), erasure=None, reminders_refused_at=None
    )
    unpaid.exclude(email="").update(follow_up_at=now() + QUIET)
