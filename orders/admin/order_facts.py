"""The facts at the top of an order's page. Other floors add theirs: the money."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest

from orders.models import Order


@dataclass(frozen=True, slots=True)
class Fact:
    """A few words with a label: "Encaissé", "79,00 €".

    `tone` is "" or one of badge()'s colours; "danger" is read at once. `detail` is
    one short line below; `url` leads to more.
    """

    label: str
    value: str
    detail: str = ""
    tone: str = ""
    url: str = ""


FactSource = Callable[[Order, HttpRequest], Iterable[Fact]]
S = TypeVar("S", bound=FactSource)

_sources: list[FactSource] = []


def add_fact_source(source: S) -> S:
    """Show these facts on every order's page, after the order's own.

    The source keeps to itself what the person may not see, and asks the database a
    fixed number of times. A repeat changes nothing.
    """
    if source not in _sources:
        _sources.append(source)
    return source


def added_facts(order: Order, request: HttpRequest) -> list[Fact]:
    return [fact for source in _sources for fact in source(order, request)]
