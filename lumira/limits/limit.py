"""What a limit is, and what is said to who meets one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumira.limits.subjects import Who


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in a period, for each of these.

    `under_attack` takes the place of `allowed` while the brake is on
    (`lumira/limits/brake.py`), for those it names. `minds_rests`: it refuses also
    whoever has to pause (`lumira/limits/rests.py`).

    `unwritten`: this share of what is allowed each process keeps in mind before it
    writes it into the table. So a few more get through where there are several
    processes, and who asks now and then costs no write.
    """

    name: str  # at most 12 letters: it begins a key
    period: timedelta
    allowed: Mapping[Who, int]
    under_attack: Mapping[Who, int] = field(default_factory=dict)
    minds_rests: bool = False
    unwritten: float = 0.0

    def of(self, who: Who, *, under_attack: bool = False) -> int:
        number = self.allowed[who]
        if under_attack:
            number = self.under_attack.get(who, number)
        return max(1, round(number * settings.LIMITS_FACTOR))


class TooMany(Exception):
    """Refused for now. Nothing was done, and the try was not counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many")
        self.until = until

    @property
    def wait_s(self) -> int:
        """Seconds, rounded up: whoever waits that long is not refused again."""
        return max(1, ceil((self.until - now()).total_seconds()))

    @property
    def message(self) -> str:
        """For the person, in the active language."""
        wait = {"wait": waiting_time(self.wait_s)}
        return _("Trop de tentatives. Réessayez dans %(wait)s.") % wait


def waiting_time(seconds: int) -> str:
    """12 minutes; 3 heures."""
    minutes = max(1, ceil(seconds / 60))
    if minutes < 120:
        text = ngettext("%(count)d minute", "%(count)d minutes", minutes)
        return text % {"count": minutes}
    hours = ceil(minutes / 60)
    return ngettext("%(count)d heure", "%(count)d heures", hours) % {"count": hours}
