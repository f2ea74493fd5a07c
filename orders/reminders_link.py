"""The link in a mail by which a customer says that they want no reminder."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from orders.access import reachable_orders
from orders.models import Order

SALT = "orders.no_reminders"


def no_reminders_url(order: Order) -> str:
    """It opens nothing else, and does not end: a no must be possible at any time."""
    token = signing.Signer(salt=SALT).sign(order.pk.hex)
    return f"{settings.SITE_URL}{reverse('orders:no-reminders')}?commande={token}"


def order_of_link(token: str) -> Order | None:
    """None if it is not one of ours, or the order's customer is erased."""
    try:
        order_id = UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return reachable_orders().filter(pk=order_id).first()
