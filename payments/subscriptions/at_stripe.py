"""The customer and the price a subscription needs at Stripe: made once, found again.

Each is a row of ours first; its id is the idempotency key, so a lost answer finds the
same object. Where Stripe forgot the key, or stored a failure under it, a second object
may be left there that nobody uses: nothing is charged for it.
"""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError

from lumira.kit.db import transactional
from orders.models import Service
from payments.gateway import (
    CardRefused,
    GatewayError,
    GatewayUnavailable,
    NotFound,
    StoredFailure,
    gateway,
    is_live,
)
from payments.models import Customer, RecurringPrice

Row = TypeVar("Row", Customer, RecurringPrice)
T = TypeVar("T")


def stripe_customer(email: str) -> Customer:
    """The one Customer of this address, at Stripe too. Raises GatewayError."""
    email = email.strip().lower()
    row = _one(
        lambda: Customer.objects.filter(email=email, livemode=is_live()).first(),
        lambda: Customer.objects.create(email=email, livemode=is_live()),
    )
    if row.stripe_id is None:
        _make_customer(row)
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
        _make_price(row)
    return row


def with_what_it_needs(
    customer: Customer, price: RecurringPrice, ask: Callable[[], T]
) -> T:
    """What `ask` gets from Stripe; asked once more if these two were gone there.

    Deleted or archived in the dashboard, or made with other keys: what the catalogue
    sells is made or put on sale again. Raises GatewayError.
    """
    try:
        return ask()
    except (GatewayUnavailable, CardRefused):
        raise
    except GatewayError:
        if not gateway().billing.has_customer(str(customer.stripe_id)):
            _make_customer(customer)
        _put_on_sale(price)
        return ask()


def _make_customer(row: Customer) -> None:
    """At Stripe; in place of the one that is gone, if there was one."""
    made = _made(
        lambda key: gateway().billing.create_customer(
            email=row.email, idempotency_key=key
        ),
        _key(row.idempotency_key, gone=row.stripe_id),
    )
    known = Customer.objects.filter(pk=row.pk, stripe_id=row.stripe_id)
    known.update(stripe_id=made)
    row.refresh_from_db()


def _make_price(row: RecurringPrice) -> None:
    product = _product(row.service)
    made = _made(
        lambda key: gateway().billing.create_price(
            product_id=product,
            amount=row.amount,
            currency=row.currency,
            interval=row.interval,
            idempotency_key=key,
        ),
        _key(row.idempotency_key, gone=row.stripe_id),
    )
    known = RecurringPrice.objects.filter(pk=row.pk, stripe_id=row.stripe_id)
    known.update(stripe_id=made, product_id=product)
    row.refresh_from_db()


def _put_on_sale(row: RecurringPrice) -> None:
    billing = gateway().billing
    try:
        billing.put_on_sale(
            price_id=str(row.stripe_id), product_id=_product(row.service)
        )
    except NotFound:
        # With its product, as a rule: a price cannot be deleted alone.
        prices = RecurringPrice.objects.filter(service=row.service, livemode=is_live())
        prices.update(product_id="")
        _make_price(row)


def _product(service: Service) -> str:
    """Stripe's product for this service: that of any of its prices, else a new one."""
    prices = RecurringPrice.objects.filter(service=service, livemode=is_live())
    # Read at once: what another has made meanwhile is not taken for what is gone.
    rows = list(prices.order_by("created_at"))
    if known := [row.product_id for row in rows if row.product_id]:
        return known[0]
    # What was sold there before is gone with its product.
    gone = [row.stripe_id for row in rows if row.stripe_id]
    made = _made(
        lambda key: gateway().billing.create_product(
            name=service.name, idempotency_key=key
        ),
        _key(f"oracle-lumira-product-{service.pk}", gone=gone[-1] if gone else None),
    )
    prices.update(product_id=made)
    return made


def _key(key: str, *, gone: str | None) -> str:
    """Stripe would answer the first key with what is gone, for a day."""
    return f"{key}-after-{gone}" if gone else key


def _made(make: Callable[[str], str], key: str) -> str:
    """Made with this key, or with another if Stripe repeats a failure for it."""
    try:
        return make(key)
    except StoredFailure:
        return make(f"{key}-{uuid.uuid4()}")


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
