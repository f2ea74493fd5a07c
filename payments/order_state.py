"""How an order and its money stand, read from our books alone."""

from dataclasses import dataclass
from typing import Any

from orders.models import Order
from orders.status import OrderStatus
from payments.models import Payment
from payments.status import OPEN, PaymentStatus


def deciding_payment(order: Order) -> Payment | None:
    """The attempt that tells how the order's money stands.

    The one that collected, else the one that can still collect, else the last.
    """
    payments = sorted(order.payments.all(), key=lambda payment: payment.created_at)
    for statuses in ({PaymentStatus.COMPLETED}, OPEN):
        if matching := [p for p in payments if p.status in statuses]:
            return matching[-1]
    return payments[-1] if payments else None


def facts_of(order: Order, payment: Payment | None) -> dict[str, Any]:
    """The API's OrderFacts. Nothing personal."""
    return {
        "id": order.pk,
        "orderNumber": order.number,
        "status": payment.status if payment else PaymentStatus.PENDING,
        "paymentStatus": (
            payment.stripe_status if payment else "requires_payment_method"
        ),
        "workflowStatus": order.status,
        "amount": order.amount,
        "currency": order.currency,
        "amountRefunded": sum(one.amount_refunded for one in order.payments.all()),
        "service": order.service.slug,
        "level": order.level,
        "levelName": order.level_name,
        "duration": order.duration,
        "expert": {"name": order.expert.name} if order.expert else None,
        "createdAt": order.created_at,
        "paidAt": order.paid_at,
        "completedAt": order.completed_at,
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the confirmation page may say. `name` picks its words."""

    name: str
    payment: Payment | None


def outcome_of(order: Order) -> Outcome:
    """One of paid, refunded, processing, failed, pending, expired."""
    payment = deciding_payment(order)
    if order.status == OrderStatus.REFUNDED:
        return Outcome("refunded", payment)
    if order.is_paid:
        return Outcome("paid", payment)
    names = {
        PaymentStatus.PROCESSING: "processing",
        PaymentStatus.FAILED: "failed",
        PaymentStatus.CANCELLED: "expired",
        # Collected, but our books and Stripe's disagree: never "paid" by mistake.
        PaymentStatus.COMPLETED: "processing",
    }
    name = names.get(PaymentStatus(payment.status), "pending") if payment else "pending"
    return Outcome(name, payment)
