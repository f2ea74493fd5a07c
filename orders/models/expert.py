import re
import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from orders.models.in_two_languages import InTwoLanguages
from orders.models.service import Service, cheapest


def portrait_path(instance: "Expert", filename: str) -> str:
    """A name of its own each time: files of the private storage are overwritten."""
    return f"experts/{uuid.uuid4()}{PurePath(filename).suffix}"


class Expert(InTwoLanguages):
    """A person who answers. The staff account is who they are when they log in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=100)
    slug = models.SlugField("adresse", unique=True)
    bio = models.TextField("présentation", blank=True)
    specialities = models.JSONField("spécialités", default=list, blank=True)
    bio_en = models.TextField(
        "présentation en anglais", blank=True, default="", db_default=""
    )
    specialities_en = models.JSONField(
        "spécialités en anglais", default=list, db_default=[], blank=True
    )
    photo = models.ImageField("portrait", upload_to=portrait_path, blank=True)
    is_active = models.BooleanField("visible", default=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="expert",
        verbose_name="compte",
    )

    in_two_languages = ("bio", "specialities")
    # Of the sizes the pages show a portrait at, on screens of one to three dots.
    PORTRAIT_WIDTHS = (64, 128, 256, 512, 1024)

    class Meta:
        verbose_name = "expert"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Their page in the shop, if they are active."""
        return reverse("orders:expert", args=[self.slug])

    @cached_property
    def portrait_address(self) -> str:
        """Where the shop shows the photo, if there is one and the expert is active.

        Another photo has another address, so a browser may keep this one.
        """
        address = reverse("orders:expert-photo", args=[self.slug])
        return f"{address}?v={self.portrait_version}"

    @cached_property
    def portrait_srcset(self) -> str:
        """The same in each width, for a browser to choose from."""
        widths = self.PORTRAIT_WIDTHS
        return ", ".join(f"{self.portrait_address}&l={w} {w}w" for w in widths)

    @property
    def portrait_version(self) -> str:
        """Says which photo it is; see portrait_path."""
        return PurePath(self.photo.name or "").stem[:8]

    @property
    def bio_paragraphs(self) -> list[str]:
        """The first one also stands for the expert elsewhere."""
        parts = re.split(r"\n\s*\n", self.shown_bio)
        return [part.strip() for part in parts if part.strip()]

    @property
    def shown_bio(self) -> str:
        """Their text where a customer reads it; in the admin it is `bio`."""
        return str(self.shown("bio"))

    @property
    def shown_specialities(self) -> list[str]:
        return list(self.shown("specialities"))

    @property
    def offered_services(self) -> list[Service]:
        """What this expert sells today. Wants prefetch_related("offers__service")."""
        services = [offer.service for offer in self.offers.all()]
        return sorted(
            (service for service in services if service.is_active),
            key=lambda service: service.position,
        )

    @property
    def starting_service(self) -> Service | None:
        """What this expert's prices start from. Wants the same."""
        return cheapest(self.offered_services)

    def offers_service(self, service: Service) -> bool:
        return self.offers.filter(service=service).exists()


class ServiceOffer(models.Model):
    """One expert offers one service. Our own row, because a ManyToManyField's has
    no UUID key, which MongoDB needs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expert = models.ForeignKey(
        Expert, models.CASCADE, related_name="offers", verbose_name="expert"
    )
    service = models.ForeignKey(
        Service, models.CASCADE, related_name="offers", verbose_name="service"
    )

    class Meta:
        verbose_name = "service proposé"
        verbose_name_plural = "services proposés"
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "service"], name="one_offer_per_expert_and_service"
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert} · {self.service}"
