import uuid

from django.db import models
from django.utils.timezone import now

from lumira.kit.money import money
from payments.models.payment import Payment
from payments.status import RefundStatus


class Refund(models.Model):
    """Money that goes back to the customer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="refunds", verbose_name="paiement"
    )
    stripe_id = models.CharField(  # null, not "": unique, and several have none
        "Refund", max_length=64, unique=True, null=True, blank=True
    )
    amount = models.PositiveIntegerField("montant", help_text="En centimes.")
    currency = models.CharField("devise", max_length=3)
    status = models.CharField(
        "état", max_length=20, choices=RefundStatus, default=RefundStatus.PENDING
    )
    reason = models.TextField("motif", blank=True)
    requested_by = models.CharField("demandé par", max_length=150)
    created_at = models.DateTimeField("demandé le", default=now)

    class Meta:
        verbose_name = "remboursement"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="refund_has_an_amount"
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment.order_number} · -{money(self.amount, self.currency)}"
