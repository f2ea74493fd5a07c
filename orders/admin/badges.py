"""The colours of an order's states, the same on every page of the admin."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import badge
from orders.models import Order
from orders.status import OrderStatus

# Warning: somebody must do something. Info: it is being done.
COLOURS = {
    OrderStatus.PENDING: "",
    OrderStatus.PAID: "warning",
    OrderStatus.PROCESSING: "info",
    OrderStatus.AWAITING_VALIDATION: "primary",
    OrderStatus.COMPLETED: "success",
    OrderStatus.FAILED: "danger",
    OrderStatus.REFUNDED: "",
}


def order_badges(order: Order) -> SafeString:
    """Its state, and whether work on it is frozen."""
    state = order_badge(order.status)
    if not order.is_on_hold:
        return state
    return format_html("{} {}", state, badge("Bloquée", "danger"))


def order_badge(status: str) -> SafeString:
    known = OrderStatus(status)
    return badge(known.label, COLOURS[known])
