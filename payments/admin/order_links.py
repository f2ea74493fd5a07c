"""Links from the money's pages to the order."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from orders.models import Order
from payments.models import Payment


def order_link(payment: Payment) -> SafeString:
    """Its number, leading to its page, which checks for itself who may see it."""
    page = reverse("admin:orders_order_change", args=[payment.order_id])
    return format_html(
        '<a href="{}" class="text-link">{}</a>', page, payment.order_number
    )


def links_to_orders(keys: Collection[UUID]) -> SafeString | str:
    """The orders with these keys; a dash for none. One query."""
    orders = Order.objects.filter(pk__in=list(keys)).values_list("pk", "number")
    links = [
        (reverse("admin:orders_order_change", args=[key]), number)
        for key, number in orders
    ]
    if not links:
        return "-"
    return format_html_join(", ", '<a href="{}" class="text-link">{}</a>', links)
