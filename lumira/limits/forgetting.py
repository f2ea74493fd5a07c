from datetime import timedelta

from django.utils.timezone import now

from lumira.limits.models import Origin, Tally
from lumira.limits.rests import FORGOTTEN_AFTER

# News of a refused card comes within minutes; a bank debit's may take days, and
# tells nothing of card testing.
ORIGIN_KEPT_FOR = timedelta(days=2)


def forget_old() -> int:
    """Delete the rows that decide nothing any more; how many they were."""
    moment = now()
    tallies = Tally.objects.filter(ends_at__lt=moment - FORGOTTEN_AFTER)
    origins = Origin.objects.filter(noted_at__lt=moment - ORIGIN_KEPT_FOR)
    return tallies.delete()[0] + origins.delete()[0]
