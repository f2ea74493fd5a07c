"""The approved reading reaches the customer."""

from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from orders.actions.work_rules import refuse_unless, taken_up
from orders.models import Delivery, Order
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


def _sent(order: Order, *, by: str) -> bool:
    waiting = Delivery.objects.filter(order=order, sent_at=None)
    return bool(waiting.update(sent_at=now(), sent_by=by))
