"""/commandes/: a person's orders, by a signed link instead of a password."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from orders.access import orders_for, token_of
from orders.actions.send_orders_link import send_orders_link
from orders.forms import OrdersLinkForm
from orders.views.signed_link import ask_for_link, keep_token


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_orders(request: HttpRequest) -> HttpResponse:
    """Show the orders, or ask for the address the link is sent to."""
    if request.method == "POST":
        form = OrdersLinkForm(request.POST)
        if not form.is_valid():
            return ask_for_link(request, form, status=422)
        send_orders_link(form.cleaned_data["email"])
        return ask_for_link(request, form, sent=True)

    if link := request.GET.get("lien"):
        return _open_link(request, link)
    orders = orders_for(token_of(request))
    if orders is None:
        return ask_for_link(request, OrdersLinkForm())
    context = {"orders": orders.prefetch_related("service", "expert")}
    return render(request, "orders/my_orders.html", context)


def _open_link(request: HttpRequest, token: str) -> HttpResponse:
    if orders_for(token) is None:
        return ask_for_link(request, OrdersLinkForm(), link_problem=True, status=403)
    response = redirect("orders:my-orders")
    keep_token(response, token)
    return response
