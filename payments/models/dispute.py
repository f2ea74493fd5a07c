import uuid

from django.db import models
from django.utils.timezone import now

from lumira.kit.money import money
from payments.models.payment import Payment
from payments.status import DisputeStatus


class Dispute(models.Model):
    """A customer's bank asks for the money back. Mirrors Stripe's dispute."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="disputes", verbose_name="paiement"
    )
    order_number = models.CharField("numéro de commande", max_length=15)
    stripe_id = models.CharField("Dispute", max_length=64, unique=True)
    amount = models.PositiveIntegerField("montant", help_text="En centimes.")
    currency = models.CharField("devise", max_length=3)
    reason = models.CharField("motif", max_length=60)
    status = models.CharField("état", max_length=30, choices=DisputeStatus)
    due_by = models.DateTimeField("répondre avant le", null=True, blank=True)
    # Whether Stripe has taken the money (and the fee) off our balance.
    funds_withdrawn = models.BooleanField("argent retiré", default=False)
    created_at = models.DateTimeField("ouvert le", default=now)
    updated_at = models.DateTimeField("modifié le", auto_now=True)

    class Meta:
        verbose_name = "litige"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["status", "due_by"], name="disputes_due"),
            models.Index(fields=["due_by"], name="disputes_by_deadline"),
            models.Index(fields=["-created_at", "-id"], name="disputes_newest"),
            # Begun numbers are searched for: see Order about LIKE.
            models.Index(
                fields=["order_number"],
                opclasses=["varchar_pattern_ops"],
                name="disputes_by_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} · litige {money(self.amount, self.currency)}"


class FraudWarning(models.Model):
    """A card network suspects fraud: a dispute is likely. Nothing has moved yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="fraud_warnings", verbose_name="paiement"
    )
    order_number = models.CharField("numéro de commande", max_length=15)
    stripe_id = models.CharField("Early fraud warning", max_length=64, unique=True)
    fraud_type = models.CharField("soupçon", max_length=60)
    # False once it is refunded or disputed: then there is nothing to prevent.
    actionable = models.BooleanField("on peut encore agir")
    created_at = models.DateTimeField("reçu le", default=now)

    class Meta:
        verbose_name = "alerte de fraude"
        verbose_name_plural = "alertes de fraude"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="warnings_newest"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=models.Q(actionable=True),
                name="warnings_to_act_on",
            ),
            # Begun numbers are searched for: see Order about LIKE.
            models.Index(
                fields=["order_number"],
                opclasses=["varchar_pattern_ops"],
                name="warnings_by_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} · {self.fraud_type}"
