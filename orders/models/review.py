import uuid

from django.conf import settings
from django.db import models

from orders.models.expert import Expert
from orders.models.order import Order
from orders.models.reading import Reading
from orders.status import UNDER_WAY, ReviewStatus, ValidationStatus


class ExpertReview(models.Model):
    """An expert's work on one order: one row for each assignment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="reviews")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="reviews")
    assigned_at = models.DateTimeField("confiée le", null=True, blank=True)
    status = models.CharField(
        "état", max_length=20, choices=ReviewStatus, default=ReviewStatus.PENDING
    )
    notes = models.TextField("notes", blank=True)
    reviewed_at = models.DateTimeField("rendue le", null=True, blank=True)
    revision_count = models.PositiveSmallIntegerField(
        "reprises", default=0, help_text="Combien de fois la lecture a été refusée."
    )

    class Meta:
        verbose_name = "travail de l’expert"
        verbose_name_plural = "travaux des experts"
        ordering = ["assigned_at"]
        constraints = [
            # Two people assign or claim an order at once: one of them wins.
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(status__in=sorted(UNDER_WAY)),
                name="one_expert_at_work_per_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} · {self.expert}"


class Validation(models.Model):
    """A second person's decision on one named revision of a reading."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="validations")
    validator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="validations",
        verbose_name="validateur",
    )
    status = models.CharField(
        "décision",
        max_length=10,
        choices=ValidationStatus,
        default=ValidationStatus.PENDING,
    )
    notes = models.TextField("notes", blank=True)
    rejection_reason = models.TextField("motif du refus", blank=True)
    validated_at = models.DateTimeField("décidée le", null=True, blank=True)

    class Meta:
        verbose_name = "validation"
        ordering = ["validated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["reading"], name="one_decision_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reading} · {self.get_status_display()}"
