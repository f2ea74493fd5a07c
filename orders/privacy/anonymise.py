"""Take a person out of orders, and of all that hangs on them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from lumira.kit.encryption import indexes_of
from lumira.outbox.models import Message
from orders.models import (
    Erasure,
    ExpertReview,
    Order,
    OrderEvent,
    OrderFile,
    Reading,
    ReadingAttachment,
    Validation,
)
from orders.models.order import DeliveryFormat

BLANK_ORDER: dict[str, Any] = {
    "email": "",
    "name": "",
    "user": None,
    "audio_voice": "",
    "delivery_format": DeliveryFormat.EMAIL,
    "language": "fr",
    "request_digest": "",
    "follow_up_at": None,
    "reminders_refused_at": None,
    # The API's callers may choose it.
    "correlation_id": "",
}


def anonymise(orders: Collection[UUID], erasure: Erasure, *, by: str) -> dict[str, int]:
    """Empty every field that a person filled, or that the staff wrote about them.

    Within the transaction of the erasure. Files are only named here: `forget_files`
    deletes them, and then their rows. Money, dates, states and numbers stay.
    """
    rows = Order.objects.filter(pk__in=orders)
    states = dict(rows.values_list("pk", "status"))
    empty_answers(orders)
    # A digest of the form, which had the answers in it. Others name a period.
    typed = rows.exclude(request_key__startswith="invoice:")
    typed.update(request_key=None)
    rows.update(**BLANK_ORDER, erasure=erasure, updated_at=now())
    readings = _blank_work(orders)
    OrderEvent.objects.filter(order_id__in=orders).exclude(note="").update(note="")
    # Their keys are made of the address.
    messages = Message.objects.filter(about__in=[str(pk) for pk in orders])
    messages.filter(topic="orders_link").delete()
    messages.update(correlation_id="")
    for order_id, status in states.items():
        OrderEvent.objects.create(
            order_id=order_id,
            before=status,
            after=status,
            by=by,
            note="Client effacé",
        )
    return {
        "orders": len(states),
        "pictures": OrderFile.objects.filter(order_id__in=orders).count(),
        "readings": len(readings),
    }


def empty_answers(orders: Collection[UUID]) -> None:
    """What they confided in the form, and the names of their pictures."""
    Order.objects.filter(pk__in=orders).update(
        intake={}, **indexes_of(Order, "intake", {}), answers_erased_at=now()
    )
    OrderFile.objects.filter(order_id__in=orders).update(original_name="")


def _blank_work(orders: Collection[UUID]) -> list[UUID]:
    """What was written for them, and what the staff wrote to each other about it."""
    readings = Reading.objects.filter(order_id__in=orders)
    ids = list(readings.values_list("pk", flat=True))
    readings.update(text="")
    ReadingAttachment.objects.filter(reading_id__in=ids).update(original_name="")
    ExpertReview.objects.filter(order_id__in=orders).update(notes="")
    decisions = Validation.objects.filter(reading_id__in=ids)
    decisions.update(notes="", rejection_reason="")
    return ids
