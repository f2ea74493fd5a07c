"""Unpaid orders whose money is on its way, as another floor knows it.

Orders do not know payments: who pays again while the bank still thinks may pay twice.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from orders.models import Order
from orders.status import UNPAID

# Of these unpaid orders, those that are not to be paid now.
Source = Callable[[list[Order]], Iterable[UUID]]

_sources: list[Source] = []


def add_awaited_source(source: Source) -> Source:
    """Ask this about the orders of each list. A repeat changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def awaited_orders(orders: Iterable[Order]) -> set[UUID]:
    """Their keys. Asks nothing where all is paid."""
    unpaid = [order for order in orders if order.status in UNPAID]
    if not unpaid:
        return set()
    return {key for source in _sources for key in source(unpaid)}
