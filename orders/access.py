"""Who may see whose orders: a signed link instead of a password."""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest

from orders.models import Order

SALT = "orders.access"
LIFETIME = timedelta(days=7)
COOKIE = "lumira_orders"


def access_token(order: Order) -> str:
    """A signed token for all orders of this order's buyer; good for LIFETIME.

    It names the order, not the person: no address ever stands in a URL.
    """
    return signing.TimestampSigner(salt=SALT).sign(order.pk.hex)


def email_of(token: str) -> str | None:
    """The address the token was sent to; None if it is not valid, or there is none."""
    owner = _owner(token)
    return (owner.email or None) if owner else None


def orders_for(token: str) -> QuerySet[Order] | None:
    """The orders of the person the token was sent to; None if it is not valid."""
    owner = _owner(token)
    if owner is None:
        return None
    if not owner.email:
        # A person handed them the link; nobody knows what else is theirs.
        return Order.objects.filter(pk=owner.pk)
    return Order.objects.filter(email=owner.email).order_by("-created_at")


def _owner(token: str) -> Order | None:
    """The order that the token names; None if it is not valid."""
    try:
        signed = signing.TimestampSigner(salt=SALT).unsign(token, max_age=LIFETIME)
        return Order.objects.filter(pk=UUID(signed)).first()
    except (signing.BadSignature, ValueError):
        return None


def is_buyer(request: HttpRequest, order: Order) -> bool:
    """Whether the request proves the address of this order, by the signed link."""
    email = email_of(token_of(request))
    return email is not None and email == order.email


def token_of(request: HttpRequest) -> str:
    """The token a request carries: `Authorization: Bearer …`, or the cookie; or ""."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    return request.COOKIES.get(COOKIE, "")
