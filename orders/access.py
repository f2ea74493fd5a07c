"""Who may see whose orders: a signed link instead of a password."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest

from orders.masked_email import masked_email
from orders.models import Order

SALT = "orders.access"
LIFETIME = timedelta(days=7)
COOKIE = f"{settings.COOKIE_PREFIX}lumira_orders"


def reachable_orders() -> QuerySet[Order]:
    """What a customer's address may lead to: not an order whose customer is erased."""
    return Order.objects.filter(erasure=None)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who holds a valid token: the buyer of this order, with all that is theirs, or
    whoever this one reading was handed to."""

    order: Order
    sees_all: bool

    @property
    def person(self) -> str:
        """The same for two tokens of one person, as far as it is known."""
        return self.order.email or self.order.pk.hex

    @property
    def shown_name(self) -> str:
        """To be recognised by them: the masked address, or the order's number."""
        return masked_email(self.order.email) or self.order.number


def access_token(order: Order) -> str:
    """A signed token for all orders of this order's buyer; good for LIFETIME.

    It names the order, not the person: no address ever stands in a URL. But it is
    signed for the order's address of today: once that is corrected or erased, what
    was sent to the old one opens nothing. Only ever sent to that address.
    """
    return signing.TimestampSigner(salt=salt_of(order)).sign(order.pk.hex)


def handed_token(order: Order) -> str:
    """A signed token for this order alone, to be handed over by a person: they have
    read it, and so may whoever it is forwarded to."""
    return signing.TimestampSigner(salt=_handed_salt_of(order)).sign(order.pk.hex)


def salt_of(order: Order) -> str:
    return f"{SALT}:{order.email}"


def _handed_salt_of(order: Order) -> str:
    return f"{SALT}.handed:{order.email}"


def visitor_of(token: str) -> Visitor | None:
    """Whom the token lets in; None if it is not valid."""
    if not token:
        return None
    try:
        order = reachable_orders().filter(pk=UUID(token.partition(":")[0])).first()
    except ValueError:
        return None
    if order is None:
        return None
    if _is_signed(token, salt_of(order)):
        # Without an address nobody knows what else is theirs.
        return Visitor(order, sees_all=bool(order.email))
    if _is_signed(token, _handed_salt_of(order)):
        return Visitor(order, sees_all=False)
    return None


def _is_signed(token: str, salt: str) -> bool:
    try:
        signing.TimestampSigner(salt=salt).unsign(token, max_age=LIFETIME)
    except signing.BadSignature:
        return False
    return True


def email_of(token: str) -> str | None:
    """The address the token was sent to; None if it is not valid, or there is none."""
    visitor = visitor_of(token)
    return visitor.order.email if visitor and visitor.sees_all else None


def orders_for(token: str) -> QuerySet[Order] | None:
    """The orders that the token opens; None if it is not valid."""
    visitor = visitor_of(token)
    if visitor is None:
        return None
    if not visitor.sees_all:
        return Order.objects.filter(pk=visitor.order.pk)
    return Order.objects.filter(email=visitor.order.email).order_by("-created_at")


def is_buyer(request: HttpRequest, order: Order) -> bool:
    """Whether the request proves the address of this order, by the signed link."""
    email = email_of(token_of(request))
    return email is not None and email == order.email


def token_of(request: HttpRequest) -> str:
    """The token a request carries: `Authorization: Bearer …`, or the cookie; or ""."""
    # Not of `request.headers`, which are all read to find one.
    header: str = request.META.get("HTTP_AUTHORIZATION", "")
    kind, _, token = header.partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    return request.COOKIES.get(COOKIE, "")
