"""Open a signed link, and ask for a new one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from orders.access import COOKIE, LIFETIME, token_of, visitor_of
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
    """Keep the token, and go on to the same page without it; or say what is wrong.

    Another person's link does not take the place of one's own without being asked
    for: whoever sent it could wait for a card to be put into their subscription.
    """
    offered, held = visitor_of(token), visitor_of(token_of(request))
    if offered is None:
        return ask_for_link(request, OrdersLinkForm(), link_problem=True, status=403)
    if held is None or held.person == offered.person:
        if held and held.sees_all and not offered.sees_all:
            return HttpResponseRedirect(address)  # it opens this, and more
        return _opened(token, address)
    context = {
        "held": held.shown_name,
        "offered": offered.shown_name,
        "token": token,
        "page": address,
    }
    return render(request, "orders/another_link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def take_link(request: HttpRequest) -> HttpResponse:
    """Yes, the other person's link: it takes the place of the one that was held.

    Who comes here in another way (a reload, the address bar) has said nothing.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("orders:my-orders"))
    token, page = request.POST.get("lien", ""), request.POST.get("page", "")
    if visitor_of(token) is None:
        return ask_for_link(request, OrdersLinkForm(), link_problem=True, status=403)
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, None)
    return _opened(token, page if is_ours else reverse("orders:my-orders"))


def _opened(token: str, address: str) -> HttpResponse:
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
