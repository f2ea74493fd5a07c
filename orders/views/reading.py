"""/commandes/<order>/lecture/: the approved reading, for the person it is for."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.access import orders_for, token_of
from orders.attachment_file import attachment_file
from orders.forms import OrdersLinkForm
from orders.models import Delivery, Order, Reading
from orders.views.signed_link import ask_for_link, open_link

SHOWN_IN_PLACE = ("audio/", "image/")


@never_cache
@require_safe
def reading(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The words and files of the approved revision; nothing of what was before it.

    Without a valid link everybody is asked for one, whether the order exists or not.
    While there is nothing to read, the order's own page says how it stands.
    """
    if link := request.GET.get("lien"):
        return open_link(request, link, reverse("orders:reading", args=[order_id]))
    orders = orders_for(token_of(request))
    if orders is None:
        return ask_for_link(request, OrdersLinkForm(), status=403)
    order = get_object_or_404(orders, pk=order_id)
    delivered = _delivered(order)
    if delivered is None:
        return redirect(order)
    attachments = delivered.attachments.all()
    context = {
        "order": order,
        "reading": delivered,
        "service": order.service,
        "expert": order.expert,
        "attachments": sorted(attachments, key=lambda one: str(one.original_name)),
    }
    response = render(request, "orders/reading.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_safe
def reading_attachment(
    request: HttpRequest, order_id: UUID, attachment_id: UUID
) -> HttpResponseBase:
    """One file of the approved revision, by the same rule as its words."""
    orders = orders_for(token_of(request))
    if orders is None:
        return redirect("orders:reading", order_id)  # which asks for a link
    delivered = _delivered(get_object_or_404(orders, pk=order_id))
    if delivered is None:
        raise Http404
    row = get_object_or_404(delivered.attachments, pk=attachment_id)
    is_shown = row.mimetype.startswith(SHOWN_IN_PLACE)
    response = attachment_file(request, row, as_attachment=not is_shown)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _delivered(order: Order) -> Reading | None:
    """What this order's customer may read now, if anything."""
    if not order.is_readable:
        return None
    delivery = Delivery.objects.filter(order=order).first()
    return delivery.reading if delivery else None
