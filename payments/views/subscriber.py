"""Who may see a subscription: the person whose address it carries, by signed link."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from orders.access import email_of, token_of
from orders.forms import OrdersLinkForm
from orders.views.signed_link import ask_for_link, open_link
from payments.models import Subscription

View = Callable[..., HttpResponse]


def for_subscriber(view: View) -> View:
    """Give the view its subscription, and nobody else a trace of it.

    `?lien=…` of a mail moves into the cookie. Without a valid link everybody is asked
    for one; with somebody else's, the page does not exist.
    """

    @never_cache
    @wraps(view)
    def checked(
        request: HttpRequest, subscription_id: UUID, **rest: UUID
    ) -> HttpResponse:
        link = request.GET.get("lien")
        if link and request.method in ("GET", "HEAD"):
            return open_link(request, link, request.path)
        email = email_of(token_of(request))
        if email is None:
            return ask_for_link(request, OrdersLinkForm(), status=403)
        mine = Subscription.objects.filter(email=email)
        return view(request, get_object_or_404(mine, pk=subscription_id), **rest)

    return checked
