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


# Every key of Order.intake, row by row.
ANSWERS = (
    answer("specificQuestion", "question"),
    answer("specificContext", "contexte"),
    answer("lifeQuestion", "question de vie"),
    (answer("firstName", "prénom"), answer("lastName", "nom")),
    (answer("dateOfBirth", "date de naissance"), answer("birthTime", "heure")),
    (answer("birthPlace", "lieu de naissance"), answer("phone", "téléphone")),
)
