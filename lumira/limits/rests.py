"""A pause that somebody has to take, longer each time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError
from django.utils.timezone import now

from lumira.limits.models import Tally
from lumira.limits.subjects import Subjects, Who

FIRST_REST = timedelta(minutes=15)
LONGEST_REST = timedelta(hours=4)
# After this long without a pause the pauses begin small again.
FORGOTTEN_AFTER = timedelta(days=1)


def rest_key(who: Who, subject: str) -> str:
    return f"rest:{who}:{subject}"


def begin_rest(who: Who, subject: str) -> datetime:
    """Until when they rest. A repeat while they do changes nothing."""
    key = rest_key(who, subject)
    while True:
        moment = now()
        row = Tally.objects.filter(key=key).first()
        if row is None:
            until = moment + FIRST_REST
            try:
                Tally.objects.create(key=key, count=1, ends_at=until)
            except IntegrityError:
                continue  # somebody else has just begun it
            return until
        if row.ends_at > moment:
            return row.ends_at
        before = row.count if moment < row.ends_at + FORGOTTEN_AFTER else 0
        wait: timedelta = min(FIRST_REST * 2 ** min(before, 10), LONGEST_REST)
        until = moment + wait
        as_read = Tally.objects.filter(key=key, ends_at=row.ends_at)
        if as_read.update(count=before + 1, ends_at=until):
            return until


def has_rested(subjects: Subjects) -> bool:
    """Whether one of these had to take a pause, which may be over, within a day."""
    if not settings.LIMITS_ON:
        return False
    keys = [rest_key(who, subject) for who, subject in subjects.items()]
    lately = Tally.objects.filter(key__in=keys, ends_at__gt=now() - FORGOTTEN_AFTER)
    return lately.exists()


def resting_until(subjects: Subjects) -> datetime | None:
    """The end of the longest pause of these, if one is under way. Writes nothing."""
    if not settings.LIMITS_ON or not subjects:
        return None
    keys = [rest_key(who, subject) for who, subject in subjects.items()]
    rows = Tally.objects.filter(key__in=keys, ends_at__gt=now())
    return max((row.ends_at for row in rows), default=None)
