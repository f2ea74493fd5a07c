"""/commandes/: a person's orders, by a signed link instead of a password."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from orders.access import COOKIE, LIFETIME, orders_for, token_of
from orders.actions.send_orders_link import send_orders_link
from orders.forms import OrdersLinkForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_orders(request: HttpRequest) -> HttpResponse:
    """Show the orders, or ask for the address the link is sent to."""
    if request.method == "POST":
        form = OrdersLinkForm(request.POST)
        if not form.is_valid():
            return _ask(request, form, status=422)
        send_orders_link(form.cleaned_data["email"])
        return _ask(request, form, sent=True)

    if link := request.GET.get("lien"):
        return _open_link(request, link)
    orders = orders_for(token_of(request))
    if orders is None:
        return _ask(request, OrdersLinkForm())
    context = {"orders": orders.prefetch_related("service", "expert")}
    return render(request, "orders/my_orders.html", context)


def _open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address (and so out of histories and referrers)."""
    if orders_for(token) is None:
        return _ask(request, OrdersLinkForm(), link_problem=True, status=403)
    response = redirect("orders:my-orders")
    response.set_cookie(
        COOKIE,
        token,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _ask(
    request: HttpRequest,
    form: OrdersLinkForm,
    *,
    sent: bool = False,
    link_problem: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "orders": None,
        "form": form,
        "sent": sent,
        "link_problem": link_problem,
    }
    return render(request, "orders/my_orders.html", context, status=status)
