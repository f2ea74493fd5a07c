import logging
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from lumira.kit.correlated import Correlated
from lumira.kit.log_context import about
from lumira.kit.money import money
from lumira.kit.prepared_writes import update_where
from orders.models import Order
from payments.metrics.counters import payment_came_to
from payments.status import MOVES, OPEN, PaymentStatus

logger = logging.getLogger(__name__)

# What a move depends on, and others change.
_MOVING = ["status", "completed_at", "amount_refunded"]


class Payment(Correlated):
    """One attempt to collect the price of one order: one PaymentIntent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="payments", verbose_name="commande"
    )
    # Copied from the order: lists and searches never join, on any engine.
    order_number = models.CharField("numéro de commande", max_length=15)
    # Null until Stripe has answered. Null, not "": several may have none.
    intent_id = models.CharField(
        "PaymentIntent", max_length=64, unique=True, null=True, blank=True
    )
    charge_id = models.CharField("Charge", max_length=64, blank=True)
    # What it pays at Stripe, if it is a period of a subscription. Such an intent is
    # made by Stripe itself and does not carry our metadata.
    stripe_invoice_id = models.CharField("Invoice", max_length=64, blank=True)
    amount = models.PositiveIntegerField("montant", help_text="En centimes.")
    currency = models.CharField("devise", max_length=3)
    livemode = models.BooleanField("argent réel")
    status = models.CharField(
        "état", max_length=10, choices=PaymentStatus, default=PaymentStatus.PENDING
    )
    # Stripe's own word, told to integrators as `paymentStatus`.
    stripe_status = models.CharField(
        "état chez Stripe", max_length=30, default="requires_payment_method"
    )
    # What Stripe was told with the sum. Kept, because a repeat must say the same.
    stripe_metadata = models.JSONField("métadonnées", default=dict, editable=False)
    # Whose saved cards it can be paid with, if the buyer's address was proven when it
    # was begun. Never changed: a repeat must say the same.
    stripe_customer_id = models.CharField(
        "Customer", max_length=64, blank=True, editable=False
    )
    # Why the last try failed: Stripe's codes, never its sentences.
    failure_code = models.CharField("code d’échec", max_length=60, blank=True)
    decline_code = models.CharField("code de refus", max_length=60, blank=True)
    # Sums of the refunds, kept beside the rows so that one conditional UPDATE can
    # guard the ceiling: refunded + refunding <= amount.
    amount_refunded = models.PositiveIntegerField(
        "remboursé", default=0, help_text="En centimes, arrivés chez le client."
    )
    amount_refunding = models.PositiveIntegerField(
        "en cours de remboursement", default=0, help_text="En centimes."
    )
    created_at = models.DateTimeField("créé le", default=now)
    updated_at = models.DateTimeField("modifié le", auto_now=True)
    completed_at = models.DateTimeField("encaissé le", null=True, blank=True)

    class Meta:
        verbose_name = "paiement"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(status__in=sorted(OPEN)),
                name="one_open_payment_per_order",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payment_has_a_price"
            ),
        ]
        indexes = [
            # Lists end their order with the key; else MongoDB sorts every row.
            models.Index(fields=["-created_at", "-id"], name="payments_newest"),
            models.Index(
                fields=["status", "-created_at", "-id"], name="payments_by_state"
            ),
            models.Index(fields=["status", "completed_at"], name="payments_collected"),
            models.Index(fields=["completed_at"], name="payments_by_collection"),
            # Few, where money is real.
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(livemode=False),
                name="payments_in_test",
            ),
            # Begun numbers are searched for: see Order about LIKE.
            models.Index(
                fields=["order_number"],
                opclasses=["varchar_pattern_ops"],
                name="payments_by_number",
            ),
            models.Index(fields=["charge_id"], name="payments_by_charge"),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} · {money(self.amount, self.currency)}"

    @property
    def log_facts(self) -> dict[str, str]:
        """What a line of the log about it says."""
        return {
            "order": self.order_number,
            "payment": str(self.pk),
            "intent": self.intent_id or "",
            "correlation_id": self.correlation_id,
        }

    @property
    def is_open(self) -> bool:
        """The customer can still pay on this intent."""
        return self.status in OPEN

    @property
    def idempotency_key(self) -> str:
        """The same for every repeat of this attempt's creation, and for no other."""
        return f"oracle-lumira-{self.pk}"

    @property
    def amount_refundable(self) -> int:
        """Minor units that can still be given back."""
        if self.status != PaymentStatus.COMPLETED:
            return 0
        return max(0, self.amount - self.amount_refunded - self.amount_refunding)

    @property
    def is_fully_refunded(self) -> bool:
        return self.amount_refunded >= self.amount

    def remember_intent(self, intent_id: str, *, invoice_id: str = "") -> None:
        """Note which PaymentIntent Stripe made for this row, and for which invoice.

        A repeat does nothing.
        """
        unknown = {"pk": self.pk, "intent_id": None}
        facts = {"intent_id": intent_id, "stripe_invoice_id": invoice_id}
        moment = now()
        if not update_where(Payment, unknown, {**facts, "updated_at": moment}):
            self.refresh_from_db(fields=[*facts, "updated_at"])
            return
        self.intent_id, self.stripe_invoice_id = intent_id, invoice_id
        self.updated_at = moment

    def move_to(self, status: PaymentStatus, **details: str) -> PaymentStatus | None:
        """Follow Stripe to `status`, where MOVES allows; otherwise stay.

        Returns the state that it left to the one caller that made the change, which
        saves `details` (other fields of the row) with it, and knows what was refunded
        until then. News that comes too late is not an error: a success stays a success.
        """
        if status not in MOVES[self.status]:
            self.refresh_from_db(fields=_MOVING)  # may be old
        before = PaymentStatus(self.status)
        if status not in MOVES[before]:
            return None
        moment = now()
        completed_at = moment if status == PaymentStatus.COMPLETED else None
        # Whoever settles an order has to know what went back of its money already.
        row = {
            "pk": self.pk,
            "status": before,
            "amount_refunded": self.amount_refunded,
        }
        changes: dict[str, Any] = {
            **details,
            "status": status,
            "completed_at": completed_at,
            "updated_at": moment,
        }
        if not update_where(Payment, row, changes):
            # Beaten to it, or what we knew was old.
            self.refresh_from_db(fields=_MOVING)
            return self.move_to(status, **details)
        for field, value in changes.items():
            setattr(self, field, value)
        payment_came_to(status)
        with about(**self.log_facts):
            logger.info("Payment of %s: %s -> %s", self.order_number, before, status)
        return before

    def close_without_intent(self) -> bool:
        """Cancel an attempt for which Stripe has made no intent.

        Stays as it is, and returns False, when an intent is known by now: another
        request found it and may have given it to the customer.
        """
        nowhere = Payment.objects.filter(
            pk=self.pk, intent_id=None, status__in=sorted(OPEN)
        )
        closed = nowhere.update(status=PaymentStatus.CANCELLED, updated_at=now())
        self.refresh_from_db(fields=["status", "intent_id", "updated_at"])
        if closed:
            payment_came_to(PaymentStatus.CANCELLED)
            with about(**self.log_facts):
                logger.info("Payment of %s: closed unsent", self.order_number)
        return bool(closed)
