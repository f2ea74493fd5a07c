"""What the customer confided, question by question, for those who may read it."""

from collections.abc import Callable
from datetime import date

from django.contrib.admin import display
from django.http import HttpRequest
from django.utils.formats import date_format

from orders.models import Order

MAY_READ = "orders.view_intake"


def may_read_answers(request: HttpRequest) -> bool:
    return request.user.has_perm(MAY_READ)


def answer(key: str, question: str) -> Callable[[Order], str]:
    """A read-only field of the order's page that shows one of its answers."""

    @display(description=question, empty_value="-")
    def show(order: Order) -> str:
        return readable(key, str(order.intake.get(key) or ""))

    # unfold tells the fields of a page apart by their names.
    show.__name__ = f"answer_{key}"
    return show


def readable(key: str, text: str) -> str:
    """The answer as a person writes it: a date of birth is stored as ISO."""
    if key != "dateOfBirth":
        return text
    try:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        return text


# Every key of Order.intake, in the order in which it is read.
QUESTIONS = {
    "specificQuestion": "question",
    "specificContext": "contexte",
    "lifeQuestion": "question de vie",
    "firstName": "prénom",
    "lastName": "nom",
    "dateOfBirth": "date de naissance",
    "birthTime": "heure",
    "birthPlace": "lieu de naissance",
    "phone": "téléphone",
}


def answers_of(order: Order) -> list[tuple[str, str]]:
    """What the customer answered, each with its question; nothing for no answer."""
    told = {key: str(order.intake.get(key) or "") for key in QUESTIONS}
    return [(QUESTIONS[key], readable(key, text)) for key, text in told.items() if text]


def _row(*keys: str) -> tuple[Callable[[Order], str], ...]:
    return tuple(answer(key, QUESTIONS[key]) for key in keys)


# The same, row by row, as fields of the order's page.
ANSWERS = (
    *_row("specificQuestion", "specificContext", "lifeQuestion"),
    _row("firstName", "lastName"),
    _row("dateOfBirth", "birthTime"),
    _row("birthPlace", "phone"),
)
