"""When an order was promised for, in words, and whether that is past."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import now

from lumira.kit.readonly_admin import short_moment
from orders.models import Order
from orders.work_queues import PROMISED

SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`text` is the moment, `detail` how far it is; `tone`: "", warning, danger."""

    text: str
    detail: str = ""
    tone: str = ""


def deadline_of(order: Order) -> Deadline:
    """Only what is paid and not approved yet can be late."""
    if order.due_at is None:
        return Deadline("-")
    text = short_moment(order.due_at)
    if order.status not in PROMISED:
        return Deadline(text)
    left = order.due_at - now()
    if left < timedelta(0):
        return Deadline(text, f"en retard de {_roughly(-left)}", "danger")
    return Deadline(text, f"dans {_roughly(left)}", "warning" if left < SOON else "")


def _roughly(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours >= 48:
        return f"{hours // 24} jours"
    if hours >= 1:
        return f"{hours} h"
    return f"{max(1, int(span.total_seconds() // 60))} min"
