"""A customer's address was wrong: the order, and what waits for them, go to another."""

import uuid
from collections.abc import Collection
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.outbox.announcing import announce, announce_again
from lumira.outbox.models import Message
from lumira.outbox.topics import customer_topics
from orders.actions.deliver import mail_key
from orders.models import Delivery, Order
from orders.models.history import write_history
from orders.models.order import DeliveryFormat


class AddressChanged(Exception):
    """It is not the address that the person saw any more, or nobody's by now."""


class Follow(Protocol):
    """Brings the new address to where another floor keeps the old one."""

    def __call__(
        self, orders: Collection[UUID], *, before: str, after: str
    ) -> None: ...


F = TypeVar("F", bound=Follow)
_followers: list[Follow] = []


def also_correct(follow: F) -> F:
    """Call this within the transaction of a correction. A repeat changes nothing."""
    if follow not in _followers:
        _followers.append(follow)
    return follow


@transactional
def correct_email(order: Order, *, seen: str, to: str, by: str) -> bool:
    """Give the order, and the others of its subscription, another address.

    Links that went to the old address stop working: they were made with it. Other
    orders of the old address stay: it may be somebody's. The new address gets the
    reading, or the link to its orders, and what could not be sent to the old one.
    False when it has the address already: safe to repeat. Raises AddressChanged.
    """
    to = to.strip().lower()
    # Written before anything is read: of two people at once, one waits here.
    as_seen = Order.objects.filter(pk=order.pk, email=seen, erasure=None)
    if to == seen or not as_seen.update(email=to, updated_at=now()):
        if Order.objects.filter(pk=order.pk, email=to).exists():
            return False
        raise AddressChanged(order.number)
    first = order.renews_id or order.pk
    same = Order.objects.filter(Q(pk=first) | Q(renews=first), erasure=None)
    others = list(same.filter(email=seen).values_list("pk", flat=True))
    Order.objects.filter(pk__in=others).update(email=to, updated_at=now())
    orders = [order.pk, *others]
    for follow in _followers:
        follow(orders, before=seen, after=to)
    for one in Order.objects.filter(pk__in=orders).defer("intake"):
        note = "Adresse du client corrigée"
        write_history(one, before=one.status, after=one.status, by=by, note=note)
    # Neither address: the journal is kept for ever.
    record("order.email_corrected", by=by, about=order, after={"orders": len(orders)})
    _send(order, orders)
    return True


def _send(order: Order, orders: Collection[UUID]) -> None:
    order = Order.objects.get(pk=order.pk)
    unsent = Message.objects.filter(
        about__in=[str(pk) for pk in orders], sent_at=None, topic__in=customer_topics()
    )
    unsent.update(attempts=0, due_at=now(), last_error="")
    delivery = Delivery.objects.filter(order=order).first()
    by_mail = order.delivery_format == DeliveryFormat.EMAIL
    if delivery and by_mail and order.is_readable:
        announce_again(mail_key(delivery))
    else:
        announce(
            "orders_link",
            key=f"orders_link:{uuid.uuid4()}",
            order_id=str(order.pk),
        )
