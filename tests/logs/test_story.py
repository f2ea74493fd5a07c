"""One id in the log, from the browser to the refund: `grep` it and read."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django.live_server_helper import LiveServer

from lumira.accounts.models import User
from lumira.accounts.roles import Role
from lumira.outbox.models import Message
from orders.models import Order
from payments.models import Payment
from payments.reconcile.run import reconcile
from tests.api.calling import create, intent_of
from tests.factories.catalogue import make_expert
from tests.factories.staff import client_of, make_staff
from tests.logs.conftest import Lines
from tests.orders.filling_in import answers
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def place(client: Client, **headers: str) -> Order:
    make_expert(slug="camille")
    client.post("/commande/", answers(), headers=headers)
    return Order.objects.get()


def refund(staff: Client, payment: Payment) -> None:
    page = reverse("admin:payments_payment_refund", args=[payment.pk])
    form = staff.get(page).context["form"]
    given = {name: form[name].value() for name in form.fields}
    staff.post(page, given | {"amount": "79,00", "reason": "Demandé."})


@pytest.fixture
def story(
    client: Client, shop: LiveServer, sandbox: SandboxProcess, lines: Lines
) -> list[dict[str, Any]]:
    """The lines with the id of the request that placed the order, and no others."""
    order = place(client, **{"X-Request-Id": "browser-0001"})
    intent = intent_of(create(client, {"orderId": str(order.pk)}))
    sandbox.pay(intent)
    sandbox.wait_until_idle()
    refund(client_of(make_staff(Role.FINANCE)), Payment.objects.get())
    sandbox.wait_until_idle()
    return lines.grep("browser-0001")


def events(story: list[dict[str, Any]]) -> list[str]:
    return [line["event"] for line in story]


def test_it_tells_how_the_order_was_placed_paid_and_refunded(
    story: list[dict[str, Any]],
) -> None:
    number = Order.objects.get().number

    told = events(story)

    steps = [
        f"Order {number}: new -> pending",
        "Stripe POST payment_intents: ok",
        f"Payment of {number}: pending -> completed",
        f"Order {number}: pending -> paid",
        "Stripe POST refunds: ok",
        f"Order {number}: paid -> refunded",
    ]
    assert [step for step in told if step in steps] == steps


def test_the_webhook_is_part_of_it(story: list[dict[str, Any]]) -> None:
    applied = [
        line
        for line in story
        if line.get("event_type") == "payment_intent.succeeded"
        and line["event"].endswith(": applied")
    ]

    assert len(applied) == 1
    assert applied[0]["order"] == Order.objects.get().number
    assert applied[0]["request_id"] != "browser-0001"


def test_the_mail_is_part_of_it(story: list[dict[str, Any]]) -> None:
    topics = [line["topic"] for line in story if line["event"].endswith(" sent")]

    assert topics == ["order_paid", "refunded"]


def test_the_clerk_is_named_by_their_id_alone(story: list[dict[str, Any]]) -> None:
    clerk = User.objects.get()

    [step] = [line for line in story if line["event"].endswith("refund.requested")]

    assert step["actor"] == str(clerk.pk)
    assert clerk.username not in repr(step)


def test_what_comes_later_is_part_of_it(
    client: Client, sandbox: SandboxProcess, lines: Lines
) -> None:
    order = place(client, **{"X-Request-Id": "browser-0002"})
    sandbox.pay(intent_of(create(client, {"orderId": str(order.pk)})))
    Payment.objects.update(created_at=now().replace(year=2020))

    reconcile(say=lambda line: None)

    told = [line for line in lines.grep("browser-0002") if line.get("drift")]
    assert f"Payment of {order.number}: pending -> completed" in events(told)


def test_the_worker_finds_the_id_on_the_message(
    client: Client, sandbox: SandboxProcess
) -> None:
    order = place(client, **{"X-Request-Id": "browser-0003"})
    sandbox.pay(intent_of(create(client, {"orderId": str(order.pk)})))

    client.post(order.get_absolute_url())

    assert Message.objects.get(topic="order_paid").correlation_id == "browser-0003"


def test_two_customers_are_two_stories(
    client: Client, sandbox: SandboxProcess, lines: Lines
) -> None:
    make_expert(slug="camille")
    for name in ("browser-000a", "browser-000b"):
        client.post("/commande/", answers(), headers={"X-Request-Id": name})

    one, other = (lines.grep(f"browser-000{letter}") for letter in "ab")

    assert {line["order"] for line in one if "order" in line}.isdisjoint(
        line["order"] for line in other if "order" in line
    )


def test_the_staff_reads_the_id_on_the_orders_page(client: Client) -> None:
    order = place(client, **{"X-Request-Id": "browser-0004"})
    page = reverse("admin:orders_order_change", args=[order.pk])

    shown = client_of(make_staff(Role.SUPPORT)).get(page)

    assert "browser-0004" in shown.content.decode()
