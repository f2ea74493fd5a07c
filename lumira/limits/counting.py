"""Count what somebody does, and refuse when it is too much.

One SELECT and one conditional UPDATE for all whom a request counts for; of some limits
only every so often (`Limit.unwritten`), so that the rest write nothing. Whoever is
over a limit costs the SELECT only, and for the next seconds nothing at all: a flood
waits for no lock and writes nothing.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError
from django.db.models import F, Q, QuerySet
from django.utils.timezone import now

from lumira.kit.db import is_conflict
from lumira.kit.prepared import prepared
from lumira.limits.limit import Limit, TooMany
from lumira.limits.memory import keep, refuse_known, remember, unwritten
from lumira.limits.models import Tally
from lumira.limits.rests import rest_key
from lumira.limits.subjects import Subjects, Who

BRAKE = "brake"
# Against somebody else who begins the same rows at the same moment.
TRIES = 5
logger = logging.getLogger(__name__)

Rows = Mapping[str, Tally]


def count(limit: Limit, subjects: Subjects) -> bool:
    """Count one more for each of these; True while the brake is on.

    Raises TooMany, and counts for nobody, when one of them is over the limit or,
    where the limit minds it, has to rest. Requests at the same moment get no further
    than one by one.
    """
    if not settings.LIMITS_ON:
        return False
    keys = {
        tally_key(limit, who, subject): who
        for who, subject in subjects.items()
        if who in limit.allowed
    }
    rests = []
    if limit.minds_rests:
        rests = [rest_key(who, subject) for who, subject in subjects.items()]
    refuse_known([*keys, *rests])
    left = set(keys)
    amounts: dict[str, int] | None = None
    brake_is_on = False
    for _try in range(TRIES):
        moment = now()
        rows = {row.key: row for row in _rows_of(*keys, *rests, BRAKE)}
        brake_is_on = _is_live(rows.get(BRAKE), moment)
        allowed = {
            key: limit.of(who, under_attack=brake_is_on) for key, who in keys.items()
        }
        room = {key: allowed[key] - unwritten(key) for key in left}
        _refuse(rows, rests, room, moment)
        if amounts is None:
            amounts = _to_be_written(limit, allowed)
            left = set(amounts)
        for amount in sorted({amounts[key] for key in left}):
            some = {key: allowed[key] for key in left if amounts[key] == amount}
            left -= _write(amount, some, rows, moment, limit.period)
        if not left:
            return brake_is_on
    # So much happens at this moment that it cannot be counted: not the buyer's fault.
    logger.warning("Limit %s could not be counted", limit.name)
    return brake_is_on


def tally_key(limit: Limit, who: Who, subject: str) -> str:
    return f"{limit.name}:{who}:{subject}"


def _is_live(row: Tally | None, moment: datetime) -> bool:
    return row is not None and row.ends_at > moment


def _refuse(
    rows: Rows, rests: Iterable[str], allowed: Mapping[str, int], moment: datetime
) -> None:
    """Raises TooMany, for the longest of the waits."""
    full = [key for key in rests if _is_live(rows.get(key), moment)]
    full += [
        key
        for key, number in allowed.items()
        if _is_live(rows.get(key), moment) and rows[key].count >= number
    ]
    for key in full:
        remember(key, rows[key].ends_at)
    if full:
        raise TooMany(max(rows[key].ends_at for key in full))


@prepared
def _rows_of(*keys: str) -> QuerySet[Tally]:
    return Tally.objects.filter(key__in=keys)


def _to_be_written(limit: Limit, allowed: Mapping[str, int]) -> dict[str, int]:
    """One more of each, or as many as were kept in mind; some may stay there."""
    if not limit.unwritten:
        return dict.fromkeys(allowed, 1)
    amounts = {
        key: keep(key, max(1, int(number * limit.unwritten)), limit.period)
        for key, number in allowed.items()
    }
    return {key: amount for key, amount in amounts.items() if amount}


def _write(
    amount: int,
    allowed: Mapping[str, int],
    rows: Rows,
    moment: datetime,
    period: timedelta,
) -> set[str]:
    """Those that were counted; the others have changed since `rows` were read."""
    known = allowed.keys() & rows.keys()
    over = {key for key in known if rows[key].ends_at <= moment}
    live = {key: allowed[key] for key in known - over}
    return (
        _count_new(amount, set(allowed) - known, moment + period)
        | _begin_again(amount, over, moment, moment + period)
        | _count_more(amount, live, moment)
    )


def _count_new(amount: int, keys: set[str], ends_at: datetime) -> set[str]:
    """Those that were counted: all of them, or none."""
    if not keys:
        return set()
    new = [Tally(key=key, count=amount, ends_at=ends_at) for key in sorted(keys)]
    try:
        Tally.objects.bulk_create(new)
    except IntegrityError:
        return set()  # somebody else began one of them at the same moment
    return keys


def _begin_again(
    amount: int, keys: set[str], moment: datetime, ends_at: datetime
) -> set[str]:
    """The same, for a period that is over."""
    if not keys:
        return set()
    over = Tally.objects.filter(key__in=sorted(keys), ends_at__lte=moment)
    begun = _changed(over, count=amount, ends_at=ends_at)
    return keys if begun == len(keys) else set()


def _count_more(amount: int, allowed: Mapping[str, int], moment: datetime) -> set[str]:
    """The same, for a period that goes on and has room left."""
    if not allowed:
        return set()
    has_room = [Q(key=key, count__lt=allowed[key]) for key in sorted(allowed)]
    rows = Tally.objects.filter(reduce(or_, has_room), ends_at__gt=moment)
    counted = _changed(rows, count=F("count") + amount)
    return set(allowed) if counted == len(allowed) else set()


def _changed(rows: QuerySet[Tally], **values: Any) -> int:
    """How many; none when others change the same rows in another order."""
    try:
        return rows.update(**values)
    except DatabaseError as problem:
        if not is_conflict(problem):
            raise
        return 0
