"""Who is meant when somebody asks for their data, or to be forgotten."""

from dataclasses import dataclass, field
from uuid import UUID

from orders.models import Order


@dataclass(frozen=True, slots=True)
class Person:
    """All orders of one address; or one order, where none was left.

    An order placed later with the same address is not among them: after an erasure
    it is a new person's.
    """

    order_ids: tuple[UUID, ...]
    email: str = field(default="", repr=False)


def person_of(order: Order) -> Person:
    """Whose order this is. Of an erased one: nobody's, only the order itself."""
    if not order.email:
        return Person((order.pk,))
    return person_with(order.email)


def person_with(email: str) -> Person:
    """Whoever has this address, with orders or without."""
    email = email.strip().lower()
    orders = Order.objects.filter(email=email) if email else Order.objects.none()
    newest_first = orders.order_by("-created_at", "-pk")
    return Person(tuple(newest_first.values_list("pk", flat=True)), email)
