"""One timeline for an order: what happened, told by every floor that knows a part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.http import HttpRequest

from orders.models import Order


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. Words are French, and nothing personal is in them.

    `url` leads to more of it; `is_external` opens it in a new tab. `outside_url` is
    the same thing at its origin outside of the shop, in a new tab too. `tone` is "", or
    one of badge()'s colours: info, success, warning, danger, primary.
    """

    at: datetime
    title: str
    detail: str = ""
    by: str = ""
    url: str = ""
    is_external: bool = False
    tone: str = ""
    outside_url: str = ""


Source = Callable[[Order, HttpRequest], Iterable[Moment]]
S = TypeVar("S", bound=Source)

_sources: list[Source] = []


def add_timeline_source(source: S) -> S:
    """Tell these moments on every order's page. A repeat changes nothing.

    The source is told who looks, and keeps to itself what they may not see. It asks
    the database a fixed number of times, whatever it finds.
    """
    if source not in _sources:
        _sources.append(source)
    return source


def moments_of(order: Order, request: HttpRequest) -> list[Moment]:
    """Everything that this person may know, the oldest first.

    What happened in the same instant stays in the order in which it was told.
    """
    told = [moment for source in _sources for moment in source(order, request)]
    return sorted(told, key=lambda moment: moment.at)
