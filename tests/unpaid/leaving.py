"""Customers who leave without paying, and what the worker writes to them."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F
from django.test import Client

from lumira.limits.models import Tally
from lumira.outbox.models import Message
from lumira.outbox.sending import send_waiting
from orders.actions.place_order import Buyer, place_order
from orders.models import Order
from payments.actions.confirm_payment import confirm_payment
from payments.actions.start_payment import start_payment
from payments.models import Payment
from payments.unpaid.follow_up import follow_up_all
from payments.unpaid.letters import Letter
from tests.factories.catalogue import make_service
from tests.limits.passing_time import later
from tests.sandbox_process import SandboxProcess

A_WHILE = timedelta(minutes=16)
TO_THE_REMINDER = timedelta(hours=20)
DECLINED_CARD = "4000000000000002"


def order_placed(
    email: str = "alice@example.org", slug: str = "premium", **buyer: Any
) -> Order:
    """By the form, a moment ago."""
    return place_order(
        service=make_service(slug=slug),
        expert=None,
        buyer=Buyer(email=email, name="Alice Martin", **buyer),
        by="customer",
    )


def refused(sandbox: SandboxProcess, order: Order) -> Payment:
    """A card of theirs is refused, and we know it."""
    payment, intent = start_payment(order)
    sandbox.pay(intent.intent_id, card=DECLINED_CARD)
    confirm_payment(payment, by="customer")
    return payment


def wait(time: timedelta) -> None:
    """Everything that we know is that much older."""
    _age(Order, time, "created_at", "follow_up_at", "paid_at")
    _age(Payment, time, "created_at", "updated_at")
    _age(Message, time, "created_at", "due_at", "sent_at")
    if Tally.objects.exists():
        later(time)


def work() -> None:
    """What the worker does each minute."""
    follow_up_all()
    send_waiting()


def wait_and_work(time: timedelta) -> None:
    wait(time)
    work()


def letters() -> list[str]:
    """What was really sent about unpaid orders, oldest first."""
    sent = Message.objects.filter(topic__in=list(Letter), was_unneeded=False)
    rows = sent.exclude(sent_at=None).order_by("created_at")
    return list(rows.values_list("topic", flat=True))


def link_in(body: object, beginning: str) -> str:
    """The first address in a mail that begins so, without the shop's own."""
    words = str(body).split()
    [address, *_others] = [
        word.removeprefix("http://testserver")
        for word in words
        if word.startswith(f"http://testserver{beginning}")
    ]
    return address


def open_elsewhere(address: str) -> tuple[str, Client]:
    """Where a browser that has never been here ends, and that browser."""
    client = Client()
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.request["PATH_INFO"], client


def _age(model: type[models.Model], time: timedelta, *fields: str) -> None:
    model._default_manager.update(**{field: F(field) - time for field in fields})
