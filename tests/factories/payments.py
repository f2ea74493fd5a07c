from typing import Any

import factory
from factory.django import DjangoModelFactory

from payments.models import Payment
from tests.factories.orders import make_order


class PaymentFactory(DjangoModelFactory[Payment]):
    class Meta:
        model = Payment

    order = factory.LazyFunction(make_order)
    order_number = factory.SelfAttribute("order.number")
    intent_id = factory.Sequence(lambda n: f"pi_{n:024d}")
    amount = factory.SelfAttribute("order.amount")
    currency = factory.SelfAttribute("order.currency")
    livemode = False


def make_payment(**fields: Any) -> Payment:
    """An open payment in our books alone: Stripe has not heard of it."""
    return PaymentFactory.create(**fields)
