"""Open a signed link, and ask for a new one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orders.access import COOKIE, LIFETIME
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
