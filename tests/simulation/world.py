"""The shop, its Stripe and its time: what all actors of the simulation share."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from django.core.cache import cache
from django.db import connection, models
from django.db.models import F
from django.test import Client
from hypothesis.stateful import RuleBasedStateMachine

from lumira.kit.db import transactional
from lumira.outbox.models import Message
from orders.models import Order, OrderEvent, OrderHold, Service
from payments.models import (
    Customer,
    Dispute,
    FraudWarning,
    Invoice,
    Payment,
    ProcessedEvent,
    RecurringPrice,
    Refund,
    Subscription,
    SubscriptionEvent,
)
from payments.models.refund import Origin
from tests.factories.catalogue import make_service
from tests.lumira.answer import Answer
from tests.payments.signed_events import deliver
from tests.sandbox_process import SandboxProcess
from tests.simulation.dying import Death, die_during
from tests.simulation.stripe_books import StripeBooks, read_stripe_books

R = TypeVar("R")
T = TypeVar("T")

# Children first.
_ROWS: tuple[type[models.Model], ...] = (
    Message,
    ProcessedEvent,
    Dispute,
    FraudWarning,
    Refund,
    Invoice,
    SubscriptionEvent,
    Subscription,
    RecurringPrice,
    Customer,
    Payment,
    OrderHold,
    OrderEvent,
    Order,
)
MONTHLY = "integral"
SERVICES = ("premium", "vip", "haiku", MONTHLY)


class World(RuleBasedStateMachine):
    """An empty shop and an empty Stripe, for each example anew.

    Everything is found by its place in a list, oldest first: ids differ from run to
    run, and a seed must lead to the same steps.
    """

    sandbox: ClassVar[SandboxProcess]

    def __init__(self) -> None:
        super().__init__()
        self.next_death: Death | None = None
        self.gone: set[str] = set()  # events that were delivered, or lost for ever
        # What a browser knows: the intents whose secret it was given.
        self.payable: list[str] = []
        self.once_completed: set[str] = set()
        # What slow processes will still do with what they saw at Stripe.
        self.held_up: list[Callable[[], object]] = []
        self.sandbox.reset()
        self.sandbox.control("POST", "payment_methods", enabled=["card", "sepa_debit"])
        _empty_tables()
        cache.clear()
        make_service(slug="premium", price=7900)
        make_service(slug="vip", name="Consultation VIP", price=14900, level=3)
        make_service(slug=MONTHLY, name="Intégral", level=4, billing="month")
        # The price of a day moves; each begins with the same.
        Service.objects.filter(slug=MONTHLY).update(price=9700)
        self.books = read_stripe_books(self.sandbox)
        # Zero decimals: 500 is five hundred yen.
        make_service(slug="haiku", name="Haïku", price=500, currency="jpy", level=1)

    def act(self, action: Callable[[], R]) -> R | None:
        """Do it; or, if a death was announced, let a child die while doing it."""
        death, self.next_death = self.next_death, None
        if death is None:
            return action()
        die_during(action, death)
        return None

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Answer:
        """A browser calls our API. Only when Stripe is in trouble may we answer 5xx."""
        answer = Client(raise_request_exception=False).post(
            f"/api/payments/{path}",
            json.dumps(body),
            content_type="application/json",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        allowed = {200, 400, 404, 409}
        if self.is_stripe_in_trouble():
            allowed.add(503)
        assert answer.status_code in allowed, (answer.status_code, answer.content)
        return answer

    def deliver(self, event: dict[str, Any]) -> Answer:
        """Stripe posts an event. Only when Stripe is in trouble may we refuse it."""
        answer = deliver(Client(raise_request_exception=False), event)
        allowed = {200, 500} if self.is_stripe_in_trouble() else {200}
        assert answer.status_code in allowed, (event["type"], answer.content)
        return answer

    def is_stripe_in_trouble(self) -> bool:
        return bool(self.sandbox.control("GET", "faults"))

    def stripe(self) -> StripeBooks:
        """Stripe's books as they are now; `books` is how they were before this step."""
        self.books = read_stripe_books(self.sandbox)
        return self.books

    def let_time_pass(self, seconds: float) -> None:
        """Here and at Stripe: its clock moves on, and our rows grow older.

        What only repeats a moment of Stripe's stays: its lists are in its time.
        """
        self.sandbox.advance(seconds)
        age = timedelta(seconds=seconds)
        _age(Order.objects.all(), age, "created_at", "updated_at", "follow_up_at")
        _age(Payment.objects.all(), age, "created_at", "updated_at")
        _age(Refund.objects.filter(origin=Origin.SHOP), age, "created_at")
        _age(ProcessedEvent.objects.all(), age, "received_at")
        _age(Message.objects.all(), age, "created_at", "due_at")


def pick(things: list[T], place: int) -> T | None:
    """One of them, whatever the number; None if there are none."""
    return things[place % len(things)] if things else None


def orders() -> list[Order]:
    return list(Order.objects.order_by("created_at", "number"))


def payments(**having: Any) -> list[Payment]:
    found = Payment.objects.filter(**having).order_by("created_at", "pk")
    return list(found.prefetch_related("order"))


def _age(rows: "models.QuerySet[Any]", age: timedelta, *fields: str) -> None:
    rows.update(**{field: F(field) - age for field in fields})


@transactional
def _empty_tables() -> None:
    for model in _ROWS:
        # Not delete(): it reads every row to see what is protected.
        model._base_manager.all()._raw_delete(connection.alias)
