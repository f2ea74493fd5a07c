"""Services and experts, believable unless told otherwise."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from orders.models import Expert, Service, ServiceOffer


class ServiceFactory(DjangoModelFactory[Service]):
    class Meta:
        model = Service
        django_get_or_create = ("slug",)

    slug = "premium"
    name = "Consultation Premium"
    price = 7900
    currency = "eur"
    duration = 60
    level = 2


class ExpertFactory(DjangoModelFactory[Expert]):
    class Meta:
        model = Expert
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"expert-{n}")
    name = "Camille Aubry"


def make_service(**fields: Any) -> Service:
    """Premium, 79,00 €; the same row again for the same slug."""
    return ServiceFactory.create(**fields)


def make_expert(*services: Service, **fields: Any) -> Expert:
    """An active expert who offers `services`; premium, if none is named."""
    expert = ExpertFactory.create(**fields)
    for service in services or (make_service(),):
        ServiceOffer.objects.get_or_create(expert=expert, service=service)
    return expert
