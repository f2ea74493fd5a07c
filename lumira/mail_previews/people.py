"""Invented orders and subscriptions. None of them is in the database."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from orders.models import Expert, Order, Service
from payments.models import Invoice, Payment, RecurringPrice, Refund, Subscription

NEXT_CHARGE = datetime(2099, 12, 23, 12, tzinfo=UTC)
LONG_NAME = "Marie-Hélène de la Rochefoucauld-Montmorency d’Artagnan"
LONG_SERVICE = (
    "Accompagnement intégral des grandes transitions, avec relecture et suivi <étendu>"
)
LONG_SERVICE_EN = (
    "Integral journey through life’s great transitions, with a second look <extended>"
)


def some_order(language: str, **fields: Any) -> Order:
    service = fields.pop("service", None) or some_service()
    facts = {
        "pk": UUID("5f0c1f0e-7a6d-4d0a-9b57-0a52c7d1b001"),
        "number": "LU991122-K7MP4X",
        "email": "claire.dumont@exemple.fr",
        "name": "Claire Dumont",
        "expert": Expert(name="Camille Aubry", slug="camille-aubry"),
        "language": language,
        "amount": service.price,
        "currency": service.currency,
        "level": service.level,
        "duration": service.duration,
        "due_at": datetime(2099, 11, 25, 13, 30, tzinfo=UTC),
    }
    return Order(service=service, **facts | fields)


def some_service(**fields: Any) -> Service:
    facts = {"slug": "premium", "name": "Consultation Premium", "price": 7900}
    facts |= {"name_en": "Premium Consultation"}
    more = {"currency": "eur", "level": 2, "duration": 60}
    return Service(**facts | more | fields)


def monthly_service(**fields: Any) -> Service:
    facts = {"slug": "integral", "name": "Accompagnement Intégral", "price": 9700}
    more = {"name_en": "Integral Journey", "billing": "month", "level": 4}
    return some_service(**facts | more | fields)


def long_order(language: str) -> Order:
    """Whatever may be long is, and the amount has no cents."""
    names = {"name": LONG_SERVICE, "name_en": LONG_SERVICE_EN}
    service = some_service(**names, price=1_234_567, currency="jpy")
    expert = Expert(name=LONG_NAME, slug="marie-helene")
    return some_order(language, service=service, expert=expert, name=f"<b>{LONG_NAME}")


def some_subscription(language: str, **fields: Any) -> Subscription:
    service = fields.pop("service", None) or monthly_service()
    facts = {
        "pk": UUID("5f0c1f0e-7a6d-4d0a-9b57-0a52c7d1b002"),
        "first_order": some_order(language, service=service),
        "price": RecurringPrice(
            service=service, amount=service.price, currency="eur", interval="month"
        ),
        "amount": service.price,
        "currency": service.currency,
        "status": "active",
        "period_end": NEXT_CHARGE,
        "card_brand": "visa",
        "card_last4": "4242",
    }
    return Subscription(**facts | fields)


def some_invoice(subscription: Subscription, **fields: Any) -> Invoice:
    facts = {"amount_due": subscription.amount, "currency": subscription.currency}
    return Invoice(subscription=subscription, **facts | fields)


def some_refund(order: Order, amount: int, *, before: int = 0) -> Refund:
    """`before`: what was refunded already."""
    payment = Payment(
        order=order,
        amount=order.amount,
        currency=order.currency,
        amount_refunded=before + amount,
        status="completed",
    )
    return Refund(payment=payment, amount=amount, currency=order.currency)
