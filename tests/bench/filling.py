"""Rows for the bench: a catalogue, years of orders, and orders that can be paid."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import now

from orders.models import Expert, Order, OrderEvent, Service, ServiceOffer
from orders.models.order import new_order_number
from orders.status import OrderStatus
from payments.models import Payment
from payments.status import PaymentStatus

BATCH = 2_000
# Ninety of a hundred are history.
_STATES = (
    [OrderStatus.COMPLETED] * 85
    + [OrderStatus.FAILED] * 8
    + [OrderStatus.REFUNDED] * 3
    + [
        OrderStatus.PENDING,
        OrderStatus.PAID,
        OrderStatus.PROCESSING,
        OrderStatus.AWAITING_VALIDATION,
    ]
)
_UNPAID = frozenset({OrderStatus.PENDING, OrderStatus.FAILED})
_NAMES = ("Alice Martin", "Bruno Keller", "Chloé Étienne", "David N’Diaye", "Eva Roux")


@dataclass(frozen=True, slots=True)
class Payable:
    """An order that waits for its card."""

    order_id: uuid.UUID
    intent_id: str
    amount: int


class Filling:
    """Makes rows for one database; remembers how many orders there are."""

    def __init__(self) -> None:
        self._chance = random.Random(1)
        self.services = list(Service.objects.all()) or _services()
        self.experts = list(Expert.objects.all()) or _experts(self.services)
        self.orders = Order.objects.count()

    def grow_to(self, orders: int) -> None:
        """Orders of three years, most of them delivered. Again: nothing."""
        # Spread over the same years whatever their number.
        step = timedelta(days=3 * 365) / orders
        first, begun = self.orders, now()
        for begin in range(first, orders, BATCH):
            numbers = range(begin, min(begin + BATCH, orders))
            made = [self._order(begun - step * (orders - n), n) for n in numbers]
            Order.objects.bulk_create(made)
            Payment.objects.bulk_create(_payment(order) for order in made)
            OrderEvent.objects.bulk_create(_events(made))
        self.orders = max(self.orders, orders)

    def payable(self, number: int) -> list[Payable]:
        """New orders, each with an intent that waits for a card."""
        made: list[Payable] = []
        for begin in range(0, number, BATCH):
            orders = [
                self._order(now(), n, OrderStatus.PENDING)
                for n in range(begin, min(begin + BATCH, number))
            ]
            payments = [_payment(order) for order in orders]
            Order.objects.bulk_create(orders)
            Payment.objects.bulk_create(payments)
            made += [
                Payable(order.pk, payment.intent_id or "", order.amount)
                for order, payment in zip(orders, payments, strict=True)
            ]
        self.orders += number
        return made

    def _order(
        self, placed: datetime, n: int, status: OrderStatus | None = None
    ) -> Order:
        status = status or self._chance.choice(_STATES)
        service = self._chance.choice(self.services)
        is_paid = status not in _UNPAID
        return Order(
            number=f"LU{placed:%y%m%d}-{new_order_number()[-6:]}",
            email=f"person{self._chance.randrange(400_000)}@example.org",
            name=f"{self._chance.choice(_NAMES)} {n % 9_999}",
            service=service,
            expert=self._chance.choice(self.experts),
            level=service.level,
            duration=service.duration,
            amount=service.price,
            currency=service.currency,
            status=status,
            is_on_hold=is_paid and n % 500 == 0,
            created_at=placed,
            paid_at=placed if is_paid else None,
            due_at=placed + timedelta(hours=72) if is_paid else None,
        )


def _payment(order: Order) -> Payment:
    status = PaymentStatus.PENDING
    if order.paid_at:
        status = PaymentStatus.COMPLETED
    elif order.status == OrderStatus.FAILED:
        status = PaymentStatus.FAILED
    return Payment(
        order=order,
        order_number=order.number,
        # The stub reads the sum and the order out of it.
        intent_id=f"pi_{order.amount}x{order.pk}",
        charge_id=f"ch_{order.pk.hex}",
        amount=order.amount,
        currency=order.currency,
        livemode=False,
        status=status,
        completed_at=order.paid_at,
        created_at=order.created_at,
    )


def _events(orders: list[Order]) -> Iterator[OrderEvent]:
    for order in orders:
        yield OrderEvent(
            order=order, after=order.status, by="bench", at=order.created_at
        )


def _services() -> list[Service]:
    facts = (
        ("basic", "Consultation Basique", 2900, 30, 1),
        ("premium", "Consultation Premium", 7900, 60, 2),
        ("vip", "Consultation VIP", 14900, 120, 3),
    )
    return [
        Service.objects.create(
            slug=slug,
            name=name,
            price=price,
            duration=duration,
            level=level,
            description="Une question précise, une réponse claire. " * 2,
            features=["Lecture écrite", "Réponse par e-mail", "Une question"],
        )
        for slug, name, price, duration, level in facts
    ]


def _experts(services: list[Service]) -> list[Expert]:
    experts = [
        Expert.objects.create(
            slug=f"expert-{n}", name=f"Expert {n}", bio="Vingt ans d’écoute. " * 8
        )
        for n in range(7)
    ]
    for expert in experts:
        for service in services:
            ServiceOffer.objects.create(expert=expert, service=service)
    return experts
