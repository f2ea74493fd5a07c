import uuid

from django.db import models
from django.utils.timezone import now

from lumira.kit.money import money
from payments.models.payment import Payment
from payments.models.subscription import Subscription
from payments.status import InvoiceStatus


class Invoice(models.Model):
    """One period of a subscription, as Stripe bills it.

    `payment` is ours once it is paid; its order is the period's consultation. One
    invoice, one order, whatever the order of events: the rows below say so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stripe_id = models.CharField("Invoice", max_length=64, unique=True)
    subscription = models.ForeignKey(
        Subscription,
        models.PROTECT,
        related_name="invoices",
        verbose_name="abonnement",
    )
    payment = models.OneToOneField(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invoice",
        verbose_name="paiement",
    )
    number = models.CharField("numéro", max_length=40, blank=True)
    status = models.CharField(
        "état", max_length=15, choices=InvoiceStatus, default=InvoiceStatus.DRAFT
    )
    amount_due = models.PositiveIntegerField("montant", help_text="En centimes.")
    amount_paid = models.PositiveIntegerField("payé", default=0)
    currency = models.CharField("devise", max_length=3)
    # The intent that collects it; its secret is asked for when somebody pays.
    intent_id = models.CharField("PaymentIntent", max_length=64, blank=True)
    attempt_count = models.PositiveSmallIntegerField("essais", default=0)
    next_attempt_at = models.DateTimeField("prochain essai", null=True, blank=True)
    created_at = models.DateTimeField("créée le", default=now)

    class Meta:
        verbose_name = "facture"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="invoices_newest"),
            models.Index(
                fields=["subscription", "-created_at"], name="invoices_of_one"
            ),
            models.Index(
                fields=["status", "-created_at", "-id"], name="invoices_by_state"
            ),
            models.Index(fields=["number"], name="invoices_by_number"),
            models.Index(fields=["intent_id"], name="invoices_by_intent"),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.stripe_id} · {self.amount_text}"

    @property
    def amount_text(self) -> str:
        return money(self.amount_due, self.currency)
