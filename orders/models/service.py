import uuid

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumira.kit.money import money


class Level(models.IntegerChoices):
    SIMPLE = 1, _("Simple")
    INTUITIVE = 2, _("Intuitive")
    ALCHIMIQUE = 3, _("Alchimique")
    INTEGRALE = 4, _("Intégrale")


class Billing(models.TextChoices):
    ONE_TIME = "one_time", _("une fois")
    MONTH = "month", _("par mois")
    YEAR = "year", _("par an")


class ServiceQuerySet(models.QuerySet["Service"]):
    def on_sale(self) -> "ServiceQuerySet":
        return self.filter(is_active=True)


class Service(models.Model):
    """Something a customer can buy. Its price is edited in the admin."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField("adresse", unique=True)
    name = models.CharField("nom", max_length=100)
    description = models.TextField("description", blank=True)
    price = models.PositiveIntegerField(
        "prix",
        validators=[MinValueValidator(1)],
        help_text="En centimes : 7900 pour 79,00 €. Les commandes passées gardent "
        "le leur.",
    )
    currency = models.CharField(
        "devise",
        max_length=3,
        default="eur",
        validators=[RegexValidator("^[a-z]{3}$", "Trois minuscules, par exemple eur.")],
    )
    duration = models.PositiveSmallIntegerField("durée", help_text="En minutes.")
    delivery_hours = models.PositiveSmallIntegerField(
        "délai",
        default=72,
        validators=[MinValueValidator(1)],
        help_text="En heures, du paiement à la remise. L’équipe voit ce qui est en "
        "retard. Les commandes payées gardent le leur.",
    )
    level = models.PositiveSmallIntegerField("niveau", choices=Level.choices)
    billing = models.CharField(
        "facturation", max_length=10, choices=Billing.choices, default=Billing.ONE_TIME
    )
    features = models.JSONField("ce qui est compris", default=list, blank=True)
    is_active = models.BooleanField("en vente", default=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "service"
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price__gt=0), name="service_has_a_price"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label)

    @property
    def is_recurring(self) -> bool:
        """Paid by the month or the year, until the customer stops."""
        return self.billing != Billing.ONE_TIME

    @property
    def is_orderable(self) -> bool:
        return self.is_active

    @property
    def price_text(self) -> str:
        return money(self.price, self.currency)
