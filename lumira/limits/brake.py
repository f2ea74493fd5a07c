"""The shop is under attack: for a while less is allowed to whoever is not known."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import now

from lumira.limits.counting import BRAKE
from lumira.limits.models import Tally

HOLDS_FOR = timedelta(minutes=30)


def brake_is_on() -> bool:
    on = Tally.objects.filter(key=BRAKE, ends_at__gt=now())
    return settings.LIMITS_ON and on.exists()


def pull_brake() -> bool:
    """Hold it for HOLDS_FOR from now. True when it was off before.

    Raises IntegrityError when somebody else pulls it for the first time at the same
    moment: it is on then.
    """
    moment = now()
    row = Tally.objects.filter(key=BRAKE)
    if row.filter(ends_at__gt=moment).update(ends_at=moment + HOLDS_FOR):
        return False
    if not row.update(ends_at=moment + HOLDS_FOR):
        Tally.objects.create(key=BRAKE, ends_at=moment + HOLDS_FOR)
    return True


def release_brake() -> bool:
    """False when it was off."""
    on = Tally.objects.filter(key=BRAKE, ends_at__gt=now())
    return bool(on.update(ends_at=now()))
