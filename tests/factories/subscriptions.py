"""Subscriptions and invoices in our books alone: Stripe has not heard of them."""

import uuid
from datetime import UTC, datetime
from typing import Any

from orders.models import Service
from orders.status import OrderStatus
from payments.models import Customer, Invoice, RecurringPrice, Subscription
from payments.status import InvoiceStatus, PaymentStatus, SubscriptionStatus
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

# Far enough that no test meets the day.
NEXT_CHARGE = datetime(2099, 12, 23, 12, tzinfo=UTC)


def make_monthly_service(**fields: Any) -> Service:
    """Accompagnement Intégral, 97,00 € a month; the same row again."""
    row = {
        "slug": "integral",
        "name": "Accompagnement Intégral",
        "price": 9700,
        "level": 4,
        "billing": "month",
    }
    return make_service(**row | fields)


def make_price(service: Service, **fields: Any) -> RecurringPrice:
    """What this service costs today, as a price; the same row again."""
    facts = {
        "service": service,
        "amount": service.price,
        "currency": service.currency,
        "interval": service.billing,
        "livemode": False,
    }
    price, _ = RecurringPrice.objects.get_or_create(**facts | fields)
    return price


def make_subscription(
    *,
    email: str = "alice@example.org",
    service: Service | None = None,
    price: RecurringPrice | None = None,
    **fields: Any,
) -> Subscription:
    """A running one, charged to a Visa, whose first period is paid."""
    service = service or make_monthly_service()
    price = price or make_price(service)
    order = make_order(service=service, email=email, status=OrderStatus.PAID)
    customer, _ = Customer.objects.get_or_create(email=email.lower(), livemode=False)
    row = {
        "first_payment": make_payment(order=order, status=PaymentStatus.COMPLETED),
        "first_order": order,
        "order_number": order.number,
        "email": email,
        "customer": customer,
        "price": price,
        "stripe_id": f"sub_{uuid.uuid4().hex[:24]}",
        "livemode": False,
        "status": SubscriptionStatus.ACTIVE,
        "amount": price.amount,
        "currency": price.currency,
        "period_end": NEXT_CHARGE,
        "card_brand": "visa",
        "card_last4": "4242",
        "card_expires": "12/2034",
    }
    return Subscription.objects.create(**row | fields)


def make_invoice(subscription: Subscription, **fields: Any) -> Invoice:
    """A period of it; paid, if there is a payment, else tried once and still open."""
    is_paid = fields.get("payment") is not None
    row = {
        "stripe_id": f"in_{uuid.uuid4().hex[:24]}",
        "subscription": subscription,
        "status": InvoiceStatus.PAID if is_paid else InvoiceStatus.OPEN,
        "amount_due": subscription.amount,
        "amount_paid": subscription.amount if is_paid else 0,
        "currency": subscription.currency,
        "attempt_count": 1,
    }
    return Invoice.objects.create(**row | fields)
