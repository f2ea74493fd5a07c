import uuid

from django.db import models
from django.utils.timezone import now

from lumira.kit.money import money
from orders.models import Erasure, Order, Service
from orders.models.service import Billing
from payments.models.payment import Payment
from payments.status import SubscriptionStatus


class Customer(models.Model):
    """Who Stripe charges again: one for each address and mode."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail")
    livemode = models.BooleanField("argent réel")
    # Null until Stripe has answered. Null, not "": several may have none.
    stripe_id = models.CharField(
        "Customer", max_length=64, unique=True, null=True, blank=True
    )
    # Set once the address is no longer a person's; `gone_at`, once Stripe has
    # forgotten them too.
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, null=True, blank=True, related_name="+"
    )
    gone_at = models.DateTimeField("effacé chez Stripe le", null=True, blank=True)
    created_at = models.DateTimeField("créé le", default=now)

    class Meta:
        verbose_name = "client chez Stripe"
        verbose_name_plural = "clients chez Stripe"
        constraints = [
            models.UniqueConstraint(
                fields=["email", "livemode"], name="one_customer_per_address"
            )
        ]

    def __str__(self) -> str:
        return self.stripe_id or "Pas encore chez Stripe"

    @property
    def idempotency_key(self) -> str:
        """The same for every repeat of this customer's creation, and for no other."""
        return f"oracle-lumira-{self.pk}"


class RecurringPrice(models.Model):
    """A sum that a service was sold at by the month or year, and Stripe's price of it.

    A sum is never edited, here or at Stripe: a new price is a new row, and those who
    subscribed earlier keep theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(
        Service, models.PROTECT, related_name="+", verbose_name="service"
    )
    amount = models.PositiveIntegerField("montant", help_text="En centimes.")
    currency = models.CharField("devise", max_length=3)
    interval = models.CharField("période", max_length=10, choices=Billing.choices)
    livemode = models.BooleanField("argent réel")
    product_id = models.CharField("Product", max_length=64, blank=True)
    stripe_id = models.CharField(
        "Price", max_length=64, unique=True, null=True, blank=True
    )
    created_at = models.DateTimeField("créé le", default=now)

    class Meta:
        verbose_name = "prix récurrent"
        verbose_name_plural = "prix récurrents"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "amount", "currency", "interval", "livemode"],
                name="one_price_per_sum",
            )
        ]

    def __str__(self) -> str:
        sum_of_one = money(self.amount, self.currency)
        return f"{sum_of_one} {Billing(self.interval).label}"

    @property
    def idempotency_key(self) -> str:
        return f"oracle-lumira-{self.pk}"


class Subscription(models.Model):
    """A service paid for by the month or year, as Stripe last told us.

    Begun by the first payment of its first order; each further period that is paid
    makes an order of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The checkout it began with. Its attempt may fail for good; the next is another.
    first_payment = models.OneToOneField(
        Payment, models.PROTECT, related_name="subscription", verbose_name="paiement"
    )
    first_order = models.ForeignKey(
        Order, models.PROTECT, related_name="subscriptions", verbose_name="commande"
    )
    order_number = models.CharField("première commande", max_length=15)
    email = models.EmailField("e-mail", blank=True)
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="subscriptions", verbose_name="client"
    )
    price = models.ForeignKey(
        RecurringPrice,
        models.PROTECT,
        related_name="subscriptions",
        verbose_name="prix",
    )
    stripe_id = models.CharField(
        "Subscription", max_length=64, unique=True, null=True, blank=True
    )
    livemode = models.BooleanField("argent réel")
    status = models.CharField(
        "état",
        max_length=20,
        choices=SubscriptionStatus,
        default=SubscriptionStatus.INCOMPLETE,
    )
    # The sum of one period, as Stripe has it: staff may move a subscriber's price.
    amount = models.PositiveIntegerField("montant", help_text="En centimes.")
    currency = models.CharField("devise", max_length=3)
    period_end = models.DateTimeField("prochaine échéance", null=True, blank=True)
    stops_at_period_end = models.BooleanField("s’arrête à l’échéance", default=False)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    end_reason = models.CharField("cause de la fin", max_length=40, blank=True)
    card_brand = models.CharField("carte", max_length=30, blank=True)
    card_last4 = models.CharField("fin de la carte", max_length=4, blank=True)
    card_expires = models.CharField("expire", max_length=7, blank=True)
    created_at = models.DateTimeField("créé le", default=now)
    updated_at = models.DateTimeField("modifié le", auto_now=True)

    class Meta:
        verbose_name = "abonnement"
        ordering = ["-created_at"]
        permissions = [("stop_subscription", "Peut arrêter ou modifier un abonnement")]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="subscriptions_newest"),
            models.Index(fields=["status", "period_end"], name="subscriptions_due"),
            models.Index(fields=["email", "-created_at"], name="subs_of_a_person"),
            # Begun numbers are searched for: see Order about LIKE.
            models.Index(
                fields=["order_number"],
                opclasses=["varchar_pattern_ops"],
                name="subscriptions_by_number",
            ),
            models.Index(fields=["period_end"], name="subscriptions_by_deadline"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=models.Q(stops_at_period_end=True),
                name="subscriptions_stopping",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number} · {money(self.amount, self.currency)}"

    @property
    def idempotency_key(self) -> str:
        return f"oracle-lumira-{self.pk}"

    @property
    def log_facts(self) -> dict[str, str]:
        """What a line of the log about it says. Reads the first payment."""
        return {**self.first_payment.log_facts, "subscription": str(self.pk)}

    @property
    def amount_text(self) -> str:
        return money(self.amount, self.currency)


class SubscriptionEvent(models.Model):
    """One thing that happened to a subscription: when, who, what. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(
        Subscription, models.PROTECT, related_name="events", verbose_name="abonnement"
    )
    status = models.CharField("état", max_length=20, choices=SubscriptionStatus)
    by = models.CharField("par", max_length=150)
    note = models.TextField("note", blank=True)
    at = models.DateTimeField("le", default=now)

    class Meta:
        verbose_name = "événement de l’abonnement"
        verbose_name_plural = "historique"
        ordering = ["at"]
        indexes = [models.Index(fields=["subscription", "at"], name="history_of_a_sub")]

    def __str__(self) -> str:
        return f"{self.status} {self.note}".strip()
