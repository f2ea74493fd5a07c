"""The columns of the orders' file. Never what a customer confided."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.utils import translation

from lumira.kit.money import main_units
from lumira.kit.spreadsheets import Row
from orders.masked_email import masked_email
from orders.models import Order
from orders.status import OrderStatus

# By order, what went back to the customer, in minor units of the order's currency.
RefundedLookup = Callable[[Collection[UUID]], Mapping[UUID, int]]
L = TypeVar("L", bound=RefundedLookup)

ORDER_TITLES = (
    "Numéro",
    "Créée le",
    "Payée le",
    "Promise pour le",
    "Livrée le",
    "Service",
    "Expert",
    "État",
    "Bloquée",
    "Montant",
    "Remboursé",
    "Devise",
    "E-mail",
    "Nom",
)

_lookups: list[RefundedLookup] = []


def add_refunded_lookup(lookup: L) -> L:
    """Let another floor say what was given back for some orders, in few queries.

    Orders of which nothing was given back may be left out. A repeat changes nothing.
    """
    if lookup not in _lookups:
        _lookups.append(lookup)
    return lookup


def order_rows(orders: Sequence[Order], *, with_addresses: bool) -> Iterator[Row]:
    """A row for each order, of ORDER_TITLES. Wants service and expert prefetched."""
    refunded = _refunded([order.pk for order in orders])
    # A file is written when the request, and its language, are over.
    with translation.override("fr"):
        states = {state.value: str(state.label) for state in OrderStatus}
    for order in orders:
        currency = order.currency
        yield (
            order.number,
            order.created_at,
            order.paid_at,
            order.due_at,
            order.completed_at,
            order.service.name,
            order.expert.name if order.expert else "",
            states[order.status],
            "oui" if order.is_on_hold else "",
            main_units(order.amount, currency),
            main_units(refunded.get(order.pk, 0), currency),
            currency.upper(),
            order.email if with_addresses else masked_email(order.email),
            order.name,
        )


def _refunded(orders: Collection[UUID]) -> Mapping[UUID, int]:
    sums: dict[UUID, int] = {}
    for lookup in _lookups:
        for order, amount in lookup(orders).items():
            sums[order] = sums.get(order, 0) + amount
    return sums
