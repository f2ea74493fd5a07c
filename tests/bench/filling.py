"""Rows for the bench: a catalogue, years of orders, and orders that can be paid."""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import connections
from django.utils.timezone import now

from orders.models import Expert, Order, OrderEvent, Service, ServiceOffer
from orders.models.order import NUMBER_ALPHABET
from orders.status import OrderStatus
from payments.models import Payment
from payments.status import PaymentStatus

BATCH = 2_000
# What is older was delivered or came to nothing; one of a thousand was forgotten.
_OPEN_FOR = timedelta(days=4)
_OPEN = [
    OrderStatus.PENDING,
    OrderStatus.PAID,
    OrderStatus.PROCESSING,
    OrderStatus.AWAITING_VALIDATION,
]
_HISTORY = (
    [OrderStatus.COMPLETED] * 885
    + [OrderStatus.FAILED] * 84
    + [OrderStatus.REFUNDED] * 30
    + [OrderStatus.PAID]
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

    def __init__(self, database: str = "default") -> None:
        self.database = database
        call_command("migrate", database=database, verbosity=0)
        self._chance = random.Random(1)
        self.services = list(Service.objects.using(database)) or self._services()
        self.experts = list(Expert.objects.using(database)) or self._experts()
        self.orders = Order.objects.using(database).count()
        self._to_be_paid: list[Payable] = []

    def grow_to(self, orders: int) -> None:
        """Orders of three years, most of them delivered. Again: nothing."""
        # Spread over the same years whatever their number.
        step = timedelta(days=3 * 365) / orders
        begun = now()
        with _in_a_hurry(self.database):
            for begin in range(self.orders, orders, BATCH):
                numbers = range(begin, min(begin + BATCH, orders))
                made = [self._order(begun - step * (orders - n), n) for n in numbers]
                self._save(made, [_payment(order) for order in made])
                OrderEvent.objects.using(self.database).bulk_create(_events(made))
        self.orders = max(self.orders, orders)

    def payable(self, number: int) -> list[Payable]:
        """New orders, each with an intent that waits for a card."""
        self._to_be_paid = [
            Payable(order.pk, payment.intent_id or "", order.amount)
            for order, payment in self._of_now(number, OrderStatus.PENDING)
        ]
        return self._to_be_paid

    def paid(self, number: int) -> None:
        """Orders of this moment. A shop where many begin and nobody pays lets nobody
        pay: payments/defence."""
        self._of_now(number, OrderStatus.PAID)

    def _of_now(self, number: int, status: OrderStatus) -> list[tuple[Order, Payment]]:
        made: list[tuple[Order, Payment]] = []
        end = self.orders + number
        for begin in range(self.orders, end, BATCH):
            numbers = range(begin, min(begin + BATCH, end))
            orders = [self._order(now(), n, status) for n in numbers]
            payments = [_payment(order) for order in orders]
            self._save(orders, payments)
            made += zip(orders, payments, strict=True)
        self.orders = end
        return made

    def assert_paid(self) -> None:
        """The last payable orders are: an answer of 200 says only that it was read."""
        for begin in range(0, len(self._to_be_paid), BATCH):
            asked = [one.order_id for one in self._to_be_paid[begin : begin + BATCH]]
            found = Order.objects.using(self.database).filter(pk__in=asked)
            assert set(found.values_list("status", flat=True)) == {OrderStatus.PAID}

    def _save(self, orders: list[Order], payments: list[Payment]) -> None:
        Order.objects.using(self.database).bulk_create(orders)
        Payment.objects.using(self.database).bulk_create(payments)

    def _order(
        self, placed: datetime, n: int, status: OrderStatus | None = None
    ) -> Order:
        is_young = placed > now() - _OPEN_FOR
        status = status or self._chance.choice(_OPEN if is_young else _HISTORY)
        service = self._chance.choice(self.services)
        is_paid = status not in _UNPAID
        return Order(
            number=f"LU{placed:%y%m%d}-{_code(n)}",
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

    def _services(self) -> list[Service]:
        facts = (
            ("basic", "Consultation Basique", 2900, 30, 1),
            ("premium", "Consultation Premium", 7900, 60, 2),
            ("vip", "Consultation VIP", 14900, 120, 3),
        )
        return [
            Service.objects.using(self.database).create(
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

    def _experts(self) -> list[Expert]:
        experts = [
            Expert.objects.using(self.database).create(
                slug=f"expert-{n}", name=f"Expert {n}", bio="Vingt ans d’écoute. " * 8
            )
            for n in range(7)
        ]
        offers = ServiceOffer.objects.using(self.database)
        for expert in experts:
            for service in self.services:
                offers.create(expert=expert, service=service)
        return experts


def _payment(order: Order) -> Payment:
    status = PaymentStatus.PENDING
    if order.paid_at:
        status = PaymentStatus.COMPLETED
    elif order.status == OrderStatus.FAILED:
        status = PaymentStatus.FAILED
    return Payment(
        order=order,
        order_number=order.number,
        # The stub reads the sum and the order out of it. No dash: Stripe's have none,
        # and what is measured by path would take each for a path of its own.
        intent_id=f"pi_{order.amount}x{order.pk.hex}",
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


def _code(n: int) -> str:
    """As by chance, and yet never twice: a million by chance met each other."""
    kinds = len(NUMBER_ALPHABET)
    mixed = n * 550_000_001 % kinds**6  # no divisor in common: each code comes once
    return "".join(NUMBER_ALPHABET[mixed // kinds**place % kinds] for place in range(6))


@contextmanager
def _in_a_hurry(database: str) -> Iterator[None]:
    """What is made again in minutes need not survive a power cut while it is filled."""
    connection = connections[database]
    faster = {
        "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-1000000"),
        "postgresql": ("SET synchronous_commit=off",),
    }.get(connection.vendor, ())
    with connection.cursor() as cursor:
        for statement in faster:
            cursor.execute(statement)
    yield
    connection.close()  # the next one is as careful as ever
    if connection.vendor == "postgresql":
        # Its autovacuum would, a minute later. SQLite has no such help.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
