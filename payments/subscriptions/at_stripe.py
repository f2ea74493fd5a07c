"""The customer and the price a subscription needs at Stripe: made once, found again.

Each is a row of ours first; its id is the idempotency key, so a lost answer finds the
same object. Stripe forgets keys after a day: then a second, unused object is left
there, and nothing is charged for it.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError

from lumira.kit.db import transactional
from orders.models import Service
from payments.gateway import gateway, is_live
from payments.models import Customer, RecurringPrice

Row = TypeVar("Row", Customer, RecurringPrice)


def stripe_customer(email: str) -> Customer:
    """The one Customer of this address, at Stripe too. Raises GatewayError."""
    email = email.strip().lower()
    row = _one(
        lambda: Customer.objects.filter(email=email, livemode=is_live()).first(),
        lambda: Customer.objects.create(email=email, livemode=is_live()),
    )
    if row.stripe_id is None:
        made = gateway().billing.create_customer(
            email=email, idempotency_key=row.idempotency_key
        )
        Customer.objects.filter(pk=row.pk, stripe_id=None).update(stripe_id=made)
        row.refresh_from_db()
    return row


def stripe_price(service: Service, *, amount: int, currency: str) -> RecurringPrice:
    """Stripe's price for this sum of this service, per its period.

    `amount` in minor units. Raises GatewayError.
    """
    facts = {
        "service": service,
        "amount": amount,
        "currency": currency,
        "interval": service.billing,
        "livemode": is_live(),
    }
    row = _one(
        lambda: RecurringPrice.objects.filter(**facts).first(),
        lambda: RecurringPrice.objects.create(**facts),
    )
    if row.stripe_id is None:
        made = gateway().billing.create_price(
            product_id=_product(service),
            amount=amount,
            currency=currency,
            interval=service.billing,
            idempotency_key=row.idempotency_key,
        )
        RecurringPrice.objects.filter(pk=row.pk, stripe_id=None).update(stripe_id=made)
        row.refresh_from_db()
    return row


def _product(service: Service) -> str:
    """Stripe's product for this service: that of any of its prices, else a new one."""
    prices = RecurringPrice.objects.filter(service=service, livemode=is_live())
    known = prices.exclude(product_id="").order_by("created_at").first()
    if known:
        return known.product_id
    made = gateway().billing.create_product(
        name=service.name, idempotency_key=f"oracle-lumira-product-{service.pk}"
    )
    prices.update(product_id=made)
    return made


def _one(find: Callable[[], Row | None], make: Callable[[], Row]) -> Row:
    """The row that is there, or the one that is made; of two makers one wins."""
    if found := find():
        return found
    try:
        return transactional(make)()
    except IntegrityError:
        if found := find():
            return found
        raise
