import uuid

from django.db import models
from django.utils.timezone import now


class ErasureReason(models.TextChoices):
    """Chosen, not typed: a sentence could name the person again."""

    ASKED = "asked", "Demande de la personne"
    AUTHORITY = "authority", "Décision d’une autorité"
    MISTAKE = "mistake", "Données recueillies par erreur"
    RETENTION = "retention", "Durée de conservation écoulée"


class Erasure(models.Model):
    """One time that a person's data were taken out of the books. Never whose.

    Its orders point here. `finished_at` is empty until what is outside the database
    (files, the payment provider's copy) is gone too; the worker goes on until then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField("demandé le", default=now)
    by = models.CharField("par", max_length=150)
    reason = models.CharField("motif", max_length=20, choices=ErasureReason.choices)
    counts = models.JSONField("effacé", default=dict)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)

    class Meta:
        verbose_name = "effacement"
        default_permissions = ("view",)
        permissions = [
            ("export_customer", "Peut exporter les données d’un client"),
            ("erase_customer", "Peut effacer un client"),
        ]
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="erasures_newest"),
            models.Index(fields=["finished_at"], name="erasures_waiting"),
        ]

    def __str__(self) -> str:
        return f"Effacement {str(self.pk)[:8]}"
