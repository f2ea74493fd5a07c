"""Before a new order is placed."""

from dataclasses import dataclass

from django.http import HttpRequest

from lumira.limits.counting import count
from lumira.limits.rules import ORDERS, UPLOADS
from lumira.limits.subjects import Subjects, sender_of
from orders.who_asks import who_asks


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whom a new order was counted for, and whether the brake was on."""

    asking: Subjects
    under_attack: bool


def admit_order(request: HttpRequest, email: str) -> Admitted:
    """Raises TooMany. Not for a repeat of an order."""
    asking = who_asks(request, email)
    return Admitted(asking, under_attack=count(ORDERS, asking))


def admit_pictures(request: HttpRequest) -> None:
    """Before pictures are decoded. Raises TooMany."""
    if request.FILES:
        count(UPLOADS, sender_of(request))
