import logging
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.timezone import now

from lumira.kit.log_context import about
from lumira.kit.prepared_writes import insert

if TYPE_CHECKING:
    from orders.models.order import Order

logger = logging.getLogger(__name__)


class OrderEvent(models.Model):
    """One move of an order: who, when, why. Written once, never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="events")
    before = models.CharField("avant", max_length=20, blank=True)
    after = models.CharField("après", max_length=20)
    by = models.CharField("par", max_length=150)
    note = models.TextField("note", blank=True)
    at = models.DateTimeField("le", default=now)

    class Meta:
        verbose_name = "événement de la commande"
        verbose_name_plural = "historique"
        ordering = ["at"]
        # The order's page reads its history in order.
        indexes = [models.Index(fields=["order", "at"], name="history_of_an_order")]

    def __str__(self) -> str:
        return f"{self.before or '·'} → {self.after}"


def write_history(
    order: "Order", *, after: str, by: str, before: str = "", note: str = ""
) -> None:
    """One line of the order's history, and one of the log: not who, not why."""
    insert(OrderEvent(order=order, before=before, after=after, by=by, note=note))
    with about(**order.log_facts):
        logger.info("Order %s: %s -> %s", order.number, before or "new", after)
