from typing import Any

import factory
from factory.django import DjangoModelFactory

from orders.models import Order
from tests.factories.catalogue import make_expert, make_service


class OrderFactory(DjangoModelFactory[Order]):
    class Meta:
        model = Order

    service = factory.LazyFunction(make_service)
    expert = factory.LazyAttribute(lambda order: make_expert(order.service))
    email = "alice@example.org"
    name = "Alice Martin"
    amount = factory.SelfAttribute("service.price")
    currency = factory.SelfAttribute("service.currency")
    level = factory.SelfAttribute("service.level")
    duration = factory.SelfAttribute("service.duration")


def make_order(**fields: Any) -> Order:
    """A pending order of Premium at 79,00 € for alice@example.org."""
    return OrderFactory.create(**fields)
