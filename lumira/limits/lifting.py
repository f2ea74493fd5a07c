"""A person of the staff lets somebody try again at once."""

from django.utils.timezone import now

from lumira.limits.counting import tally_key
from lumira.limits.models import Tally
from lumira.limits.rests import rest_key
from lumira.limits.rules import ALL
from lumira.limits.subjects import Subjects


def forget_tries(subjects: Subjects) -> int:
    """All that was counted for these, and their pauses; how many rows were in force.

    Web processes may go on refusing for a few seconds (memory.py).
    """
    keys = [rest_key(who, subject) for who, subject in subjects.items()]
    for limit in ALL:
        keys += [tally_key(limit, who, subject) for who, subject in subjects.items()]
    rows = Tally.objects.filter(key__in=keys)
    in_force = rows.filter(ends_at__gt=now()).count()
    rows.delete()
    return in_force
