"""Tell people once that something began, again while it lasts, and when it is over.

Any number of workers may look at once, and any process may see an error of Stripe's:
each change of a row is one conditional UPDATE, and whoever makes it tells.
"""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError

from lumira.kit.db import transactional
from payments.alerts.raising import announce_alert
from payments.alerts.words import Phase
from payments.models import Alarm

logger = logging.getLogger(__name__)

Facts = Mapping[str, str | int]
# Not seen for this long is over. What comes and goes within it is one alarm.
SETTLED = timedelta(minutes=15)
# How often it is written down that it is still so.
NOTED_EVERY = timedelta(minutes=1)


def alarm(
    kind: str,
    *,
    at: datetime,
    facts: Facts,
    about: str = "",
    cooldown: timedelta | None = None,
) -> bool:
    """It is so now. True for the call that told people; a repeat within the cooldown
    tells nobody."""
    name = f"{kind}:{about}" if about else kind
    row = Alarm.objects.filter(pk=name).first() or _new_row(name)
    if row.began_at is None:
        return _begin(name, at=at, facts=facts)
    pause = cooldown or settings.ALERT_COOLDOWN
    if row.told_at is None or row.told_at <= at - pause:
        return _say_again(name, row.told_at, at=at, facts=facts)
    if row.seen_at <= at - NOTED_EVERY:
        Alarm.objects.filter(pk=name).update(seen_at=at)
    return False


def end_settled_alarms(*, at: datetime, but_not: Collection[str] = ()) -> int:
    """Give the all-clear for what was not seen any more. How many there were."""
    lasting = Alarm.objects.exclude(began_at=None).exclude(pk__in=but_not)
    over = lasting.filter(seen_at__lte=at - SETTLED)
    return sum(_end(row.name, row.seen_at, at=at) for row in over)


def alarms_in_force() -> list[Alarm]:
    return list(Alarm.objects.exclude(began_at=None))


def _new_row(name: str) -> Alarm:
    try:
        return _create(name)
    except IntegrityError:  # another process was faster
        return Alarm.objects.get(pk=name)


@transactional
def _create(name: str) -> Alarm:
    return Alarm.objects.create(name=name)


@transactional
def _begin(name: str, *, at: datetime, facts: Facts) -> bool:
    calm = Alarm.objects.filter(pk=name, began_at=None)
    if not calm.update(began_at=at, seen_at=at, told_at=at):
        return False
    _tell(name, Phase.BEGAN, at=at, facts=facts)
    return True


@transactional
def _say_again(
    name: str, told_at: datetime | None, *, at: datetime, facts: Facts
) -> bool:
    lasting = Alarm.objects.exclude(began_at=None).filter(pk=name, told_at=told_at)
    if not lasting.update(seen_at=at, told_at=at):
        return False
    _tell(name, Phase.LASTS, at=at, facts=facts)
    return True


@transactional
def _end(name: str, seen_at: datetime, *, at: datetime) -> bool:
    lasting = Alarm.objects.exclude(began_at=None).filter(pk=name, seen_at=seen_at)
    if not lasting.update(began_at=None, told_at=None):
        return False
    _tell(name, Phase.ENDED, at=at, facts={})
    return True


def _tell(name: str, phase: Phase, *, at: datetime, facts: Facts) -> None:
    kind, _, about = name.partition(":")
    log = logger.info if phase == Phase.ENDED else logger.error
    log("Alarm %s %s: %s", name, phase, facts)
    announce_alert(
        f"{name}:{phase}:{at:%Y-%m-%dT%H:%M:%S}",
        kind=kind,
        about=about,
        phase=phase,
        **facts,
    )
