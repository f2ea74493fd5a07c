"""Notice that cards are tested from many addresses at once, and pull the brake.

No single network does anything odd then: only the shop as a whole shows it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Count, Q
from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.limits.brake import pull_brake
from lumira.limits.limit import TooMany
from lumira.limits.memory import count_here, forget_count
from payments.alerts import raise_alert
from payments.models import Payment
from payments.status import PaymentStatus

WINDOW = timedelta(minutes=10)
# So many attempts with a refused card, and this many times those that were paid.
REFUSED, REFUSED_TO_PAID = 15, 2
# So many attempts begun, and this many times those that were paid.
BEGUN, BEGUN_TO_PAID = 60, 6
# Asked for in a minute and one process, after which the shop is looked at.
BURST = 20


def look_after_bursts() -> None:
    """Called whenever a payment is asked for; looks at the table after many of them."""
    try:
        count_here("burst", BURST)
    except TooMany:
        forget_count("burst")
        look_at_the_shop()


def look_at_the_shop() -> None:
    """Pull the brake if what happened lately looks like card testing. Repeat at will.

    While it goes on, every look holds the brake for longer.
    """
    if not settings.LIMITS_ON:
        return
    lately = Payment.objects.filter(created_at__gte=now() - WINDOW)
    seen = lately.aggregate(
        begun=Count("pk"),
        paid=Count("pk", filter=Q(status=PaymentStatus.COMPLETED)),
        refused=Count(
            "pk", filter=~Q(failure_code="") & ~Q(status=PaymentStatus.COMPLETED)
        ),
    )
    paid = seen["paid"]
    if (seen["refused"] >= REFUSED and seen["refused"] > REFUSED_TO_PAID * paid) or (
        seen["begun"] >= BEGUN and seen["begun"] > BEGUN_TO_PAID * paid
    ):
        try:
            _brake(seen)
        except IntegrityError:
            return  # somebody else pulled it at the same moment


@transactional
def _brake(seen: dict[str, int]) -> None:
    """One alert for each time it is pulled, not for holding it longer."""
    if pull_brake():
        raise_alert(
            "card_testing",
            about=f"{now():%Y-%m-%dT%H:%MZ}",
            begun=seen["begun"],
            paid=seen["paid"],
            refused=seen["refused"],
        )
