import uuid
from datetime import UTC

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class HoldReason(models.TextChoices):
    MISMATCH = "mismatch", _("Les comptes ne concordent pas")
    DISPUTE = "dispute", _("Litige avec la banque du client")
    FRAUD_WARNING = "fraud_warning", _("Soupçon de fraude")


class OrderHold(models.Model):
    """A reason why nobody works on or delivers an order for now.

    An order may have several; `Order.is_on_hold` says whether any is in force.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="holds")
    reason = models.CharField("motif", max_length=20, choices=HoldReason.choices)
    about = models.CharField("à propos de", max_length=64)
    placed_at = models.DateTimeField("posé le", default=now)
    released_at = models.DateTimeField("levé le", null=True, blank=True)
    released_by = models.CharField("levé par", max_length=150, blank=True)

    class Meta:
        verbose_name = "blocage"
        ordering = ["placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "reason", "about"], name="one_hold_per_cause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.about})"

    @property
    def mark(self) -> str:
        """Names it as it stands: a cause that is gone and comes back has another."""
        # MongoDB keeps milliseconds.
        placed_at = self.placed_at.astimezone(UTC).isoformat(timespec="milliseconds")
        return f"{self.pk} {placed_at}"
