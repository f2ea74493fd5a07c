"""What a person may do with an order now, a button each. Other floors add theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest

from orders.models import Order


@dataclass(frozen=True, slots=True)
class Step:
    """A button that leads to a page which says what it will do, and asks.

    `name` tells the steps of one order apart. `is_main`: this is the thing to do now.
    `is_dangerous`: what it does cannot be taken back.
    """

    name: str
    label: str
    url: str
    icon: str = ""
    is_main: bool = False
    is_dangerous: bool = False


StepSource = Callable[[Order, HttpRequest], Iterable[Step]]
S = TypeVar("S", bound=StepSource)

_sources: list[StepSource] = []


def add_step_source(source: S) -> S:
    """Offer these steps on every order's page, after the order's own.

    The source offers only what the person may do and what makes sense now. A repeat
    changes nothing.
    """
    if source not in _sources:
        _sources.append(source)
    return source


def added_steps(order: Order, request: HttpRequest) -> list[Step]:
    return [step for source in _sources for step in source(order, request)]
