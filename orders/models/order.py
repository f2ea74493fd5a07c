import secrets
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from lumira.kit.correlated import Correlated
from lumira.kit.db import transactional
from lumira.kit.encryption import BlindIndexField, EncryptedJSONField
from lumira.kit.money import money
from lumira.kit.prepared_writes import update_where
from orders.intake_index import last_name_in, phone_in
from orders.models.erasure import Erasure
from orders.models.expert import Expert
from orders.models.history import write_history
from orders.models.reminded import Reminded
from orders.models.service import Level, Service
from orders.order_code import SEARCHED
from orders.status import (
    MOVES,
    UNPAID,
    WORK,
    InvalidMove,
    OrderOnHold,
    OrderStatus,
)

# No 0/O, 1/I/L: order numbers are read aloud on the phone.
NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_order_number() -> str:
    """LU261122-7K3MWQ: the day (in Paris) and chance; no counter to share."""
    chance = "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(6))
    return f"LU{localdate():%y%m%d}-{chance}"


class AudioVoice(models.TextChoices):
    FEMININE = "feminine", _("Voix féminine")
    MASCULINE = "masculine", _("Voix masculine")


class DeliveryFormat(models.TextChoices):
    EMAIL = "email", _("Par e-mail")
    WHATSAPP = "whatsapp", _("Par WhatsApp")


class Order(Correlated, Reminded):
    """One consultation, bought by one person, from the form to the delivery."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(
        "numéro", max_length=15, unique=True, default=new_order_number
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True
    )
    email = models.EmailField("e-mail", blank=True)
    # Two names of a hundred characters and the space between them.
    name = models.CharField("nom", max_length=201, blank=True)
    service = models.ForeignKey(
        Service, models.PROTECT, related_name="orders", verbose_name="service"
    )
    expert = models.ForeignKey(
        Expert,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name="expert",
    )
    # Copied from the service on the day of the order, and kept.
    level = models.PositiveSmallIntegerField("niveau", choices=Level.choices)
    duration = models.PositiveSmallIntegerField("durée", help_text="En minutes.")
    amount = models.PositiveIntegerField("montant", help_text="En centimes.")
    currency = models.CharField("devise", max_length=3)

    status = models.CharField(
        "état", max_length=20, choices=OrderStatus, default=OrderStatus.PENDING
    )
    is_on_hold = models.BooleanField(
        "bloquée", default=False, help_text="Litige, fraude ou comptes en désaccord."
    )
    audio_voice = models.CharField(
        "voix", max_length=10, choices=AudioVoice.choices, blank=True
    )
    delivery_format = models.CharField(
        "livraison",
        max_length=10,
        choices=DeliveryFormat.choices,
        default=DeliveryFormat.EMAIL,
    )
    # The person's answers, by the original document's names: firstName, lastName,
    # phone, dateOfBirth (ISO), specificQuestion, birthTime, birthPlace,
    # specificContext, lifeQuestion.
    intake = EncryptedJSONField("réponses", default=dict, blank=True)
    # By these an order is found without decrypting its answers.
    phone_index = BlindIndexField(of="intake", text=phone_in)
    last_name_index = BlindIndexField(of="intake", text=last_name_in)
    language = models.CharField("langue", max_length=5, default="fr")
    # The first order of a subscription whose next period this one is.
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name="suite de",
    )
    # Names the request that placed the order, so that its repeat finds it.
    request_key = models.CharField(  # null, not "": unique, and several have none
        max_length=64, unique=True, null=True, blank=True, editable=False
    )
    request_digest = models.CharField(max_length=64, blank=True, editable=False)

    # Set once nothing in it tells whose it was.
    erasure = models.ForeignKey(
        Erasure,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="orders",
        verbose_name="effacement",
    )
    answers_erased_at = models.DateTimeField(
        "réponses effacées le", null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField("créée le", default=now)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)
    paid_at = models.DateTimeField("payée le", null=True, blank=True)
    completed_at = models.DateTimeField("livrée le", null=True, blank=True)
    due_at = models.DateTimeField(
        "promise pour le",
        null=True,
        blank=True,
        help_text="Le paiement, plus le délai du service ce jour-là.",
    )

    class Meta:
        verbose_name = "commande"
        permissions = [
            ("view_intake", "Peut lire les réponses des clients"),
            ("release_order", "Peut débloquer une commande"),
            ("view_every_order", "Peut voir les commandes de tous les experts"),
            ("assign_order", "Peut attribuer une commande à un expert"),
            ("write_reading", "Peut prendre une commande et écrire sa lecture"),
            ("validate_reading", "Peut approuver ou refuser une lecture"),
            ("deliver_order", "Peut noter qu’une lecture a été remise au client"),
            ("export_order", "Peut exporter les commandes"),
            ("correct_email", "Peut corriger l’adresse d’un client"),
        ]
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="order_has_a_price"
            )
        ]
        indexes = [
            # The staff's list and its filters. Its order ends with the id, so that
            # pages are the same each time; without it MongoDB sorts every row.
            models.Index(fields=["-created_at", "-id"], name="orders_newest"),
            models.Index(
                fields=["status", "-created_at", "-id"], name="orders_by_state"
            ),
            models.Index(
                fields=["service", "-created_at", "-id"], name="orders_of_a_service"
            ),
            models.Index(
                fields=["expert", "-created_at", "-id"], name="orders_with_an_expert"
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=models.Q(is_on_hold=True),
                name="orders_on_hold",
            ),
            models.Index(
                fields=["amount", "created_at", "id"], name="orders_by_amount"
            ),
            models.Index(fields=["paid_at"], name="orders_by_payment"),
            models.Index(fields=["completed_at"], name="orders_by_delivery"),
            # For a person's orders, and for addresses that begin so: LIKE needs to
            # be told on PostgreSQL, where words are sorted by a language's rules.
            models.Index(
                fields=["email", "-created_at"],
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                name="orders_of_a_person",
            ),
            *SEARCHED,
            # The queues of the staff: the most urgent first.
            models.Index(fields=["status", "due_at"], name="orders_by_deadline"),
            models.Index(
                fields=["expert", "status", "due_at"], name="orders_of_an_expert"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"{reverse('payments:confirmation')}?order_id={self.pk}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises ProtectedError once money has moved: the ledger needs its order."""
        if self.status not in UNPAID:
            raise models.ProtectedError("A paid order is never deleted.", {self})
        return super().delete(*args, **kwargs)

    @property
    def log_facts(self) -> dict[str, Any]:
        """What a line of the log says. Not the id: it opens the customer's page."""
        known = {"order": self.number, "correlation_id": self.correlation_id}
        return {**known, "user": self.user_id}

    @property
    def is_paid(self) -> bool:
        """Money arrived, and the order has not gone back to the customer."""
        return self.status not in UNPAID | {OrderStatus.REFUNDED}

    @property
    def is_readable(self) -> bool:
        """The customer may open the reading: approved, paid for, and not contested."""
        return self.status == OrderStatus.COMPLETED and not self.is_on_hold

    @property
    def amount_text(self) -> str:
        return money(self.amount, self.currency)

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label)

    @transactional
    def move_to(
        self,
        status: OrderStatus,
        *,
        by: str,
        note: str = "",
        **moments: datetime | None,
    ) -> bool:
        """Change status, if orders/status.py allows it, and record who did.

        `moments` are fields of the row, saved with it. Returns False when the order
        is already there, so a caller may repeat itself. Raises InvalidMove when the
        table says no, and OrderOnHold for work on an order that is frozen. Of two
        processes, one conditional UPDATE picks the winner, on every engine.
        """
        is_frozen = status in WORK and self.is_on_hold
        if is_frozen or status not in MOVES[self.status]:
            # What would refuse it may be old. What allows it is in the UPDATE.
            self.refresh_from_db(fields=["status", "is_on_hold"])
        before = self.status
        if before == status:
            return False
        if status not in MOVES[before]:
            raise InvalidMove(f"{self.number}: {before} → {status} is not allowed")
        if status in WORK and self.is_on_hold:
            raise OrderOnHold(f"{self.number} is on hold")

        changes: dict[str, Any] = {**moments, "status": status, "updated_at": now()}
        row = {"pk": self.pk, "status": before}
        if status in WORK:
            row["is_on_hold"] = False
        if not update_where(Order, row, changes):
            # Beaten to it, or what we knew was old.
            self.refresh_from_db(fields=["status", "is_on_hold"])
            return self.move_to(status, by=by, note=note, **moments)
        write_history(self, before=before, after=status, by=by, note=note)
        self._take_over(changes)
        return True

    @transactional
    def undo_refund(self, *, by: str, note: str) -> bool:
        """Go back to the state before REFUNDED: the money did not arrive after all.

        Not a move of the table, because only the history knows where that was.
        False when the order is not refunded (any more); safe to repeat.
        """
        refunds = self.events.filter(after=OrderStatus.REFUNDED)
        last = refunds.exclude(before=OrderStatus.REFUNDED).last()
        if last is None:
            return False
        row = Order.objects.filter(pk=self.pk, status=OrderStatus.REFUNDED)
        changes = {"status": last.before, "updated_at": now()}
        if not row.update(**changes):
            return False
        before = OrderStatus.REFUNDED
        write_history(self, before=before, after=last.before, by=by, note=note)
        self._take_over(changes)
        return True

    def _take_over(self, changes: dict[str, Any]) -> None:
        for field, value in changes.items():
            setattr(self, field, value)
