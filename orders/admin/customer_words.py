"""What the customer confided, beside the work on it, for those who may read it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from orders.admin.order_answers import answers_of, may_read_answers
from orders.models import Order


@dataclass(frozen=True, slots=True)
class CustomerWords:
    answers: list[tuple[str, str]]
    # Addresses of the pictures; each is checked again when it is asked for.
    pictures: list[str]


def customer_words(order: Order, request: HttpRequest) -> CustomerWords | None:
    """None for a person who may not read them."""
    if not may_read_answers(request):
        return None
    pictures = [
        reverse("admin:orders_order_picture", args=[order.pk, key])
        for key in order.files.order_by("uploaded_at").values_list("pk", flat=True)
    ]
    return CustomerWords(answers_of(order), pictures)
