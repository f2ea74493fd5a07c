"""How an order and its money stand, read from our books alone."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from orders.models import Order
from orders.status import OrderStatus
from payments.models import Payment
from payments.status import OPEN, PaymentStatus


def deciding_payment(order: Order) -> Payment | None:
    """The attempt that tells how the order's money stands."""
    return deciding_one_of(order.payments.all())


class Attempt(Protocol):
    """A payment, or what was read of one."""

    @property
    def status(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...


A = TypeVar("A", bound=Attempt)


def deciding_one_of(attempts: Iterable[A]) -> A | None:
    """The one that collected, else the one that can still collect, else the last."""
    payments = sorted(attempts, key=lambda payment: payment.created_at)
    for statuses in ({PaymentStatus.COMPLETED}, OPEN):
        if matching := [p for p in payments if p.status in statuses]:
            return matching[-1]
    return payments[-1] if payments else None


class Standing(StrEnum):
    """What the confirmation page may say."""

    PAID = "paid"
    REFUNDED = "refunded"
    PROCESSING = "processing"
    PENDING = "pending"
    FAILED = "failed"
    EXPIRED = "expired"


# While the order is not paid.
STANDINGS = {
    PaymentStatus.PENDING: Standing.PENDING,
    PaymentStatus.PROCESSING: Standing.PROCESSING,
    PaymentStatus.FAILED: Standing.FAILED,
    PaymentStatus.CANCELLED: Standing.EXPIRED,
    # Collected, but our books and Stripe's disagree: never "paid" by mistake.
    PaymentStatus.COMPLETED: Standing.PROCESSING,
}


def standing_of(order: Order, payment: Payment | None) -> Standing:
    """How the order stands; `payment` is its deciding one."""
    if order.status == OrderStatus.REFUNDED:
        return Standing.REFUNDED
    if order.is_paid:
        return Standing.PAID
    return STANDINGS[PaymentStatus(payment.status)] if payment else Standing.PENDING
