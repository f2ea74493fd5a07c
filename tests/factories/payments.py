from datetime import UTC, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from payments.models import Dispute, FraudWarning, Payment, ProcessedEvent, Refund
from payments.status import DisputeStatus
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


def make_refund(payment: Payment, **fields: Any) -> Refund:
    """10,00 € on their way back, asked for by claire."""
    row = {"amount": 1000, "currency": payment.currency, "requested_by": "claire"}
    return Refund.objects.create(
        payment=payment, order_number=payment.order_number, **row | fields
    )


def make_dispute(payment: Payment, **fields: Any) -> Dispute:
    """The whole payment is contested, and an answer awaited for a long time yet."""
    row = {
        "stripe_id": "dp_1",
        "amount": payment.amount,
        "currency": payment.currency,
        "reason": "fraudulent",
        "status": DisputeStatus.NEEDS_RESPONSE,
        "due_by": datetime(2099, 12, 31, 20, 7, tzinfo=UTC),
    }
    return Dispute.objects.create(
        payment=payment, order_number=payment.order_number, **row | fields
    )


def make_fraud_warning(payment: Payment, **fields: Any) -> FraudWarning:
    row = {
        "stripe_id": "issfr_1",
        "fraud_type": "made_with_stolen_card",
        "actionable": True,
    }
    return FraudWarning.objects.create(
        payment=payment, order_number=payment.order_number, **row | fields
    )


def make_event(event_id: str, object_id: str, **fields: Any) -> ProcessedEvent:
    """A success that was applied at once."""
    row = {
        "type": "payment_intent.succeeded",
        "livemode": False,
        "processed": True,
        "outcome": "applied",
        "attempts": 1,
    }
    return ProcessedEvent.objects.create(
        event_id=event_id, object_id=object_id, **row | fields
    )
