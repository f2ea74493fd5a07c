"""/paiement/<order id>/reprendre/: the way back to an unpaid order, from a mail."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.access import visitor_of
from orders.views.signed_link import open_link


@never_cache
@require_safe
def resume(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """To the payment page, as somebody who has proven their address.

    The page needs no proof: a link that is too old leads there all the same.
    """
    address, token = reverse("payments:pay", args=[order_id]), request.GET.get("lien")
    if not token or visitor_of(token) is None:
        return redirect(address)
    return open_link(request, token, address)
