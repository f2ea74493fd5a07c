import uuid
from collections.abc import Iterable

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lumira.kit.money import money
from orders.models.in_two_languages import InTwoLanguages


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


class Service(InTwoLanguages):
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
    name_en = models.CharField(
        "nom en anglais", max_length=100, blank=True, default="", db_default=""
    )
    description_en = models.TextField(
        "description en anglais", blank=True, default="", db_default=""
    )
    features_en = models.JSONField(
        "ce qui est compris, en anglais", default=list, db_default=[], blank=True
    )
    is_active = models.BooleanField("en vente", default=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = ServiceQuerySet.as_manager()
    in_two_languages = ("name", "description", "features")

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
    def shown_name(self) -> str:
        """Its name where a customer reads it. Elsewhere it is `name`."""
        return str(self.shown("name"))

    @property
    def shown_description(self) -> str:
        return str(self.shown("description"))

    @property
    def shown_features(self) -> list[str]:
        return list(self.shown("features"))

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

    @property
    def delivery_text(self) -> str:
        """How soon after the payment the reading is there, as the shop promises it."""
        if self.delivery_hours % 24:
            text = ngettext("%(n)s heure", "%(n)s heures", self.delivery_hours)
            return text % {"n": self.delivery_hours}
        days = self.delivery_hours // 24
        return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}


def cheapest(services: Iterable[Service]) -> Service | None:
    """Paid once before paid by the month: what comes again is no first price."""
    return min(
        services,
        key=lambda service: (service.is_recurring, service.price),
        default=None,
    )
