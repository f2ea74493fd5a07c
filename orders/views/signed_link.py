"""Open a signed link, and ask for a new one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from orders.access import COOKIE, LIFETIME, orders_for
from orders.forms import OrdersLinkForm


def keep_token(response: HttpResponse, token: str) -> None:
    """The token lives in a cookie, and leaves the address (histories, referrers)."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def open_link(request: HttpRequest, token: str, address: str) -> HttpResponse:
    """Keep the token, and go on to the same page without it; or say what is wrong."""
    if orders_for(token) is None:
        return ask_for_link(request, OrdersLinkForm(), link_problem=True, status=403)
    response = HttpResponseRedirect(address)
    keep_token(response, token)
    return response


def ask_for_link(
    request: HttpRequest,
    form: OrdersLinkForm,
    *,
    sent: bool = False,
    link_problem: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form that mails a new link; the same for everybody, whatever exists."""
    context = {
        "orders": None,
        "form": form,
        "sent": sent,
        "link_problem": link_problem,
    }
    return render(request, "orders/my_orders.html", context, status=status)
