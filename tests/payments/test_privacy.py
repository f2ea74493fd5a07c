"""No personal data in logs, in what Stripe is told, or in addresses (SPEC §5.10)."""

import logging
from urllib.parse import unquote

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lumira.outbox.models import Message
from orders.models import Order
from payments.models import ProcessedEvent
from tests.api.calling import create, intent_of
from tests.factories.catalogue import make_expert
from tests.orders.filling_in import answers
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
PERSONAL = (
    "alice@example.org",
    "Alice",
    "Martin",
    "6 12 34 56 78",
    "1990-02-28",
    "Brême",
    "Dois-je partir",
)


@pytest.fixture
def said(
    client: Client,
    shop: LiveServer,
    sandbox: SandboxProcess,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> str:
    """The log of a whole purchase: a slip, a declined card, success, a lost mail."""
    caplog.set_level(logging.INFO)
    make_expert(slug="camille")
    settings.EMAIL_BACKEND = "tests.lumira.broken_mail.RefusesEverybody"
    client.post("/commande/", answers(phone="Alice"))
    client.post("/commande/", answers())
    order = Order.objects.get()
    intent = intent_of(create(client, {"orderId": str(order.pk)}))
    create(client, {"productId": "premium", "customerEmail": "alice@example.org!"})
    client.post("/commandes/", {"email": "alice@example.org"})
    sandbox.pay(intent, card="4000000000000002")
    sandbox.pay(intent)
    sandbox.wait_until_idle()
    assert Order.objects.get().status == "paid"
    return caplog.text


def found_in(text: str) -> list[str]:
    return [word for word in PERSONAL if word in text]


def test_the_log_of_a_purchase_names_nobody(said: str) -> None:
    assert said
    assert found_in(said) == []


def test_stripe_is_told_of_nobody(said: str, sandbox: SandboxProcess) -> None:
    asked = [(call["path"], call["params"]) for call in sandbox.requests()]

    assert asked
    assert found_in(repr(asked)) == []


def test_ledger_and_outbox_name_nobody(said: str) -> None:
    rows = [*ProcessedEvent.objects.values(), *Message.objects.values()]

    assert rows
    assert found_in(repr(rows)) == []


def test_no_address_that_the_customer_sees_names_them(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    make_expert(slug="camille")
    place = client.post("/commande/", answers())["Location"]
    client.post("/commandes/", {"email": "alice@example.org"})

    links = [word for word in str(mailoutbox[0].body).split() if "://" in word]
    assert links
    assert found_in(unquote(" ".join([place, *links]))) == []
