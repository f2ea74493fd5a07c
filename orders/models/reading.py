import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from lumira.kit.encryption import EncryptedJSONField
from orders.models.order import Order


class Reading(models.Model):
    """What the expert delivers, as one immutable revision: a change is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="readings")
    revision = models.PositiveSmallIntegerField("révision", default=1)
    text = EncryptedJSONField("texte", default=str)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="readings",
        verbose_name="auteur",
    )
    created_at = models.DateTimeField("écrite le", default=now)

    class Meta:
        verbose_name = "lecture"
        ordering = ["order", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "revision"], name="one_reading_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} · révision {self.revision}"


def attachment_path(instance: "ReadingAttachment", filename: str) -> str:
    return f"readings/{instance.pk}"


class ReadingAttachment(models.Model):
    """A file that goes with a reading (a recording, a chart). Private."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="attachments")
    file = models.FileField("fichier", upload_to=attachment_path)
    original_name = EncryptedJSONField("nom d’origine", default=str)
    mimetype = models.CharField("type", max_length=100)
    size = models.PositiveIntegerField("taille", help_text="En octets.")

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"

    def __str__(self) -> str:
        return f"{self.reading} · {self.mimetype}"

    @property
    def title(self) -> str:
        """The name without its ending, to be read by a person."""
        return PurePath(self.original_name).stem

    @property
    def is_sound(self) -> bool:
        return self.mimetype.startswith("audio/")

    @property
    def is_picture(self) -> bool:
        return self.mimetype.startswith("image/")
