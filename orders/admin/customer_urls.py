from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from orders.admin.customer_pages import customer_page, erase_dialog, find_customer
from orders.admin.email_dialog import email_dialog


def customer_urls(site: AdminSite) -> list[URLPattern]:
    """Below /admin/orders/order/: the pages about one customer."""

    def on_order(dialog: Any, name: str, address: str) -> URLPattern:
        view = site.admin_view(partial(dialog, site=site))
        return path(f"<str:object_id>/{address}/", view, name=f"orders_order_{name}")

    find = site.admin_view(partial(find_customer, site=site))
    return [
        path("client/", find, name="orders_order_find_customer"),
        on_order(customer_page, "customer", "client"),
        on_order(erase_dialog, "erase", "effacer"),
        on_order(email_dialog, "readdress", "adresse"),
    ]
