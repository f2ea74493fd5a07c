import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from orders.models.service import Service


def portrait_path(instance: "Expert", filename: str) -> str:
    """A name of its own each time: files of the private storage are overwritten."""
    return f"experts/{uuid.uuid4()}{PurePath(filename).suffix}"


class Expert(models.Model):
    """A person who answers. The staff account is who they are when they log in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=100)
    slug = models.SlugField("adresse", unique=True)
    bio = models.TextField("présentation", blank=True)
    specialities = models.JSONField("spécialités", default=list, blank=True)
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

    class Meta:
        verbose_name = "expert"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def portrait_address(self) -> str:
        """Where the shop shows the photo, if there is one and the expert is active."""
        return reverse("orders:expert-photo", args=[self.slug])

    @property
    def offered_services(self) -> list[Service]:
        """What this expert sells today. Wants prefetch_related("offers__service")."""
        services = [offer.service for offer in self.offers.all()]
        return sorted(
            (service for service in services if service.is_active),
            key=lambda service: service.position,
        )

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
