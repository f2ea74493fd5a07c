import uuid

from django.db import models
from django.utils.timezone import now

from orders.models.order import Order
from orders.models.reading import Reading


class Delivery(models.Model):
    """The approved revision on its way to the customer; one for each order.

    `sent_at` is empty until it was handed over: by the worker, when the mail server
    took the mail, or by a person, when the customer chose another way.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.OneToOneField(Order, models.PROTECT, related_name="delivery")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="deliveries")
    approved_at = models.DateTimeField("approuvée le", default=now)
    sent_at = models.DateTimeField("remise le", null=True, blank=True)
    sent_by = models.CharField("remise par", max_length=150, blank=True)

    class Meta:
        verbose_name = "remise"
        ordering = ["approved_at"]
        indexes = [models.Index(fields=["sent_at", "approved_at"], name="to_deliver")]

    def __str__(self) -> str:
        return f"{self.order} · {self.reading}"
