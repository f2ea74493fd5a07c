"""What the orders' file says about money that went back."""

from collections.abc import Collection, Mapping
from uuid import UUID

from orders.admin.order_export import add_refunded_lookup
from payments.models import Payment


@add_refunded_lookup
def refunded_by_order(orders: Collection[UUID]) -> Mapping[UUID, int]:
    """What arrived at the customers, in minor units. One query."""
    refunded = Payment.objects.filter(order_id__in=orders, amount_refunded__gt=0)
    sums: dict[UUID, int] = {}
    for order, amount in refunded.order_by().values_list("order_id", "amount_refunded"):
        sums[order] = sums.get(order, 0) + amount
    return sums
