import uuid

from django.db import models
from django.utils.timezone import now

from lumira.kit.encryption import EncryptedJSONField
from orders.models.order import Order


def private_path(instance: "OrderFile", filename: str) -> str:
    """Nothing of the customer's own file name reaches the disk."""
    return f"orders/{instance.pk}"


class OrderFile(models.Model):
    """A picture the customer sent: re-encoded, without metadata, for staff only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="files")
    file = models.FileField("fichier", upload_to=private_path)
    original_name = EncryptedJSONField("nom d’origine", default=str)
    mimetype = models.CharField("type", max_length=50)
    size = models.PositiveIntegerField("taille", help_text="En octets.")
    uploaded_at = models.DateTimeField("reçue le", default=now)

    class Meta:
        verbose_name = "image"
        ordering = ["uploaded_at"]

    def __str__(self) -> str:
        return f"{self.order} · {self.mimetype}"
