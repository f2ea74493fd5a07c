import uuid

from django.db import models
from django.utils.timezone import now

from lumira.kit.money import money
from payments.models.payment import Payment
from payments.status import RefundStatus


class Origin(models.TextChoices):
    SHOP = "shop", "Lumira"
    DASHBOARD = "dashboard", "Stripe"


class Refund(models.Model):
    """Money that goes back: asked for here, or made in Stripe's dashboard."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="refunds", verbose_name="paiement"
    )
    # Copied from the payment: lists and searches never join, on any engine.
    order_number = models.CharField("numéro de commande", max_length=15)
    # Null until Stripe has answered. Null, not "": several may have none.
    stripe_id = models.CharField(
        "Refund", max_length=64, unique=True, null=True, blank=True
    )
    amount = models.PositiveIntegerField("montant", help_text="En centimes.")
    currency = models.CharField("devise", max_length=3)
    status = models.CharField(
        "état", max_length=20, choices=RefundStatus, default=RefundStatus.PENDING
    )
    failure_reason = models.CharField("cause de l’échec", max_length=60, blank=True)
    reason = models.TextField("motif", blank=True)
    origin = models.CharField(
        "origine", max_length=10, choices=Origin.choices, default=Origin.SHOP
    )
    requested_by = models.CharField("demandé par", max_length=150)
    created_at = models.DateTimeField("demandé le", default=now)
    updated_at = models.DateTimeField("modifié le", auto_now=True)

    class Meta:
        verbose_name = "remboursement"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="refund_has_an_amount"
            )
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="refunds_newest"),
            models.Index(
                fields=["status", "-created_at", "-id"], name="refunds_by_state"
            ),
            models.Index(
                fields=["origin", "-created_at", "-id"], name="refunds_by_origin"
            ),
            # Reconcile looks at what changed of late.
            models.Index(fields=["updated_at"], name="refunds_by_change"),
            # Begun numbers are searched for: see Order about LIKE.
            models.Index(
                fields=["order_number"],
                opclasses=["varchar_pattern_ops"],
                name="refunds_by_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} · -{money(self.amount, self.currency)}"

    @property
    def log_facts(self) -> dict[str, str]:
        """What a line of the log about it says."""
        return {**self.payment.log_facts, "refund": str(self.pk)}

    @property
    def idempotency_key(self) -> str:
        """The same for every repeat of this refund's creation, and for no other."""
        return f"oracle-lumira-{self.pk}"
