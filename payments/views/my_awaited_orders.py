"""In "Mes commandes": the orders whose payment a bank has not answered yet."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import prefetch_related_objects

from orders.awaited_money import add_awaited_source
from orders.models import Order
from payments.order_state import Standing, deciding_payment, standing_of


@add_awaited_source
def my_awaited_orders(unpaid: list[Order]) -> Iterator[UUID]:
    """In one query, as their own pages say it."""
    prefetch_related_objects(unpaid, "payments")
    for order in unpaid:
        if standing_of(order, deciding_payment(order)) == Standing.PROCESSING:
            yield order.pk
