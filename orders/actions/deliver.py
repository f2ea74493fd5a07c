"""The approved reading reaches the customer."""

from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.outbox.announcing import announce_again
from orders.actions.work_rules import refuse_unless, taken_up
from orders.models import Delivery, Order
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus


@transactional
def note_sent(order: Order, *, by: str) -> bool:
    """A person has handed it over: by WhatsApp, or in place of a mail.

    False when it was handed over already: safe to repeat. Raises a WorkRefused.
    """
    order = taken_up(order)
    if Delivery.objects.filter(order=order).exclude(sent_at=None).exists():
        return False
    refuse_unless(order, OrderStatus.COMPLETED)
    if not _sent(order, by=by):
        return False
    record("reading.handed_over", by=by, about=order, after={"by": by})
    return True


@transactional
def note_mailed(order: Order) -> bool:
    """The mail server took the mail. Safe to repeat."""
    return _sent(order, by="worker")


@transactional
def mail_after_all(order: Order) -> None:
    """What kept the mail from leaving (a hold, a refund that failed) is over.

    By then the outbox may have dropped it, or given it up. Nothing for a reading that
    has left, or that a person hands over. Safe to repeat.
    """
    order = Order.objects.get(pk=order.pk)
    by_mail = order.email and order.delivery_format == DeliveryFormat.EMAIL
    if not (by_mail and order.is_readable):
        return
    waiting = Delivery.objects.filter(order=order, sent_at=None).first()
    if waiting:
        announce_again(mail_key(waiting))


def mail_key(delivery: Delivery) -> str:
    """The key of the one message that brings the customer this reading."""
    return f"reading_ready:{delivery.pk}"


def _sent(order: Order, *, by: str) -> bool:
    waiting = Delivery.objects.filter(order=order, sent_at=None)
    return bool(waiting.update(sent_at=now(), sent_by=by))
