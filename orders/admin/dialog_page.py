"""The page on which one step of the work on an order is taken."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from orders.admin.badges import order_badges
from orders.models import Order


def dialog_page(
    request: HttpRequest,
    order: Order,
    template: str,
    *,
    site: AdminSite,
    title: str,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    """Say what will happen and ask. 422: look at the form again; 409: not possible now.

    `facts` are the dialog's own words for its template.
    """
    context = {
        **site.each_context(request),
        "title": f"{title} {order.number}",
        "order": order,
        "badges": order_badges(order),
        "opts": Order._meta,
        **facts,
    }
    return TemplateResponse(request, f"admin/orders/{template}", context, status=status)


def back_to_order(request: HttpRequest, order: Order, said: str = "") -> HttpResponse:
    """What was asked for is done, now or by an earlier click."""
    if said:
        messages.success(request, said)
    return redirect("admin:orders_order_change", order.pk)
