"""What the dashboard is made of: figures with their past, their meaning, their list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

NBSP = "\u00a0"


class Tone(StrEnum):
    """How a figure is meant. Never by its colour alone: its note says it too."""

    PLAIN = ""
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure. `url` is the list of what it counts, if this person may see it."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    tone: Tone = Tone.PLAIN
    # What exactly is counted, for who asks.
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as the chart takes it, and as a person reads it."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    cells: Sequence[Cell]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A table that a script draws; whoever does not see the drawing has the table.

    `kind` is "days" or "states": how static/admin/dashboard.js draws it.
    """

    kind: str
    title: str
    head: str
    series: Sequence[str]
    bars: Sequence[Bar]
    currency: str = ""
    decimals: int = 0


def list_url(request: HttpRequest, model: type[Model], **filters: str) -> str:
    """The filtered list of these rows; "" for who may not see it."""
    options = model._meta
    permission = f"{options.app_label}.view_{options.model_name}"
    if not admin.site.is_registered(model) or not request.user.has_perm(permission):
        return ""
    url = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return f"{url}?{urlencode(filters)}" if filters else url


def days(field: str, first: date, last: date) -> dict[str, str]:
    """Filters of a list: lumira/kit/date_range_filter.py reads them."""
    return {f"{field}_from": first.isoformat(), f"{field}_to": last.isoformat()}


def compared(now: int, before: int, before_text: str) -> str:
    """How a number stands beside the one of the period before."""
    if not before:
        return "Rien avant" if now else "Rien avant non plus"
    change = _rounded(100 * (now - before), before)
    sign = f"{change:+d}{NBSP}%".replace("-", "−") if change else "="
    return f"{sign} · avant{NBSP}: {before_text}"


def percent(permille: int) -> str:
    """923 -> "92,3 %"; 1000 -> "100 %"."""
    whole, rest = divmod(permille, 10)
    return f"{whole},{rest}{NBSP}%" if rest else f"{whole}{NBSP}%"


def duration(length: timedelta) -> str:
    """As people say it, to the two biggest units: "2 j 4 h", "5 h 20", "12 min"."""
    minutes = _rounded(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        number, hours = divmod(hours, 24)
        return f"{number}{NBSP}j {hours}{NBSP}h" if hours else f"{number}{NBSP}j"
    if hours:
        return f"{hours}{NBSP}h{NBSP}{minutes:02d}"
    return f"{minutes}{NBSP}min"


def _rounded(part: int, whole: int) -> int:
    """part / whole to the nearest integer, without a float."""
    return (2 * part + whole) // (2 * whole)
