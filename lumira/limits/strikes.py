"""Count what must not happen too often, and pause whoever it happens to."""

from django.db import IntegrityError
from django.db.models import F
from django.utils.timezone import now

from lumira.limits.brake import brake_is_on
from lumira.limits.counting import tally_key
from lumira.limits.limit import Limit
from lumira.limits.models import Tally
from lumira.limits.rests import begin_rest
from lumira.limits.subjects import Subjects, Who


def strike(limit: Limit, subjects: Subjects) -> set[Who]:
    """Count one more for each of these; those who have to rest since then."""
    under_attack = brake_is_on()
    resting = set()
    for who, subject in subjects.items():
        key = tally_key(limit, who, subject)
        if _add(key, limit) >= limit.of(who, under_attack=under_attack):
            begin_rest(who, subject)
            # After the pause they have all their tries again.
            Tally.objects.filter(key=key).delete()
            resting.add(who)
    return resting


def _add(key: str, limit: Limit) -> int:
    while True:
        moment = now()
        row = Tally.objects.filter(key=key)
        if row.filter(ends_at__gt=moment).update(count=F("count") + 1):
            found = row.first()
            return found.count if found else 0
        if row.filter(ends_at__lte=moment).update(
            count=1, ends_at=moment + limit.period
        ):
            return 1
        try:
            Tally.objects.create(key=key, count=1, ends_at=moment + limit.period)
        except IntegrityError:
            continue  # somebody else has just begun it
        return 1
