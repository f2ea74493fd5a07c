"""The link by which a customer says that they want no reminder."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from orders.models import Order, OrderEvent
from orders.reminders_link import no_reminders_url
from tests.money.books import paid
from tests.sandbox_process import SandboxProcess
from tests.unpaid.leaving import (
    A_WHILE,
    TO_THE_REMINDER,
    letters,
    link_in,
    order_placed,
    refused,
    wait_and_work,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOTES = "Ne veut plus de rappel pour cette commande."


@pytest.fixture
def order(sandbox: SandboxProcess) -> Order:
    return order_placed()


def page_of(order: Order) -> str:
    return no_reminders_url(order).removeprefix("http://testserver")


def is_refused(order: Order) -> bool:
    return Order.objects.get(pk=order.pk).reminders_refused_at is not None


def test_each_letter_has_the_link_and_says_so_to_mail_programs(
    sandbox: SandboxProcess, order: Order, mailoutbox: list[EmailMessage]
) -> None:
    wait_and_work(A_WHILE)
    refused(sandbox, order)
    wait_and_work(A_WHILE)
    wait_and_work(TO_THE_REMINDER)

    assert letters() == ["order_received", "payment_failed", "resume_reminder"]
    for mail in mailoutbox:
        headers = mail.message()
        link = link_in(mail.body, "/commandes/rappels/")
        assert headers["List-Unsubscribe"] == f"<http://testserver{link}>"
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_page_asks_and_its_button_says_no(client: Client, order: Order) -> None:
    asked = client.get(page_of(order)).content.decode()
    before = is_refused(order)

    said = client.post(page_of(order)).content.decode()

    assert f"La commande {order.number} n’est pas réglée" in asked
    assert "C’est noté" in said
    assert (before, is_refused(order)) == (False, True)
    wait_and_work(A_WHILE)
    assert letters() == []


def test_a_mail_program_says_no_by_itself(order: Order) -> None:
    """RFC 8058: no cookie, no page before, no redirect."""
    program = Client(enforce_csrf_checks=True)

    answer = program.post(page_of(order), {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, is_refused(order)) == (200, True)


def test_saying_it_twice_is_saying_it_once(client: Client, order: Order) -> None:
    for _time in range(3):
        assert client.post(page_of(order)).status_code == 200

    assert OrderEvent.objects.filter(order=order, note=NOTES).count() == 1


def test_the_staff_see_it_in_the_orders_story(
    admin_client: Client, order: Order
) -> None:
    admin_client.post(page_of(order))

    story = admin_client.get(f"/admin/orders/order/{order.pk}/change/")

    assert NOTES in story.content.decode()


def test_the_page_knows_that_it_is_paid(
    client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    paid(sandbox, order)

    page = client.get(page_of(order)).content.decode()

    assert "Cette commande est réglée" in page


def test_a_no_before_the_payment_does_not_keep_the_confirmation_back(
    client: Client,
    sandbox: SandboxProcess,
    order: Order,
    mailoutbox: list[EmailMessage],
) -> None:
    client.post(page_of(order))

    paid(sandbox, order)

    assert [mail.subject for mail in mailoutbox] == [
        f"Votre commande {order.number} est confirmée"
    ]


@pytest.mark.parametrize(
    "query", ["", "?commande=", "?commande=x", "?commande={id}:x", "?commande=%00"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_not_ours_does_nothing(
    client: Client, order: Order, query: str, method: str
) -> None:
    address = f"/commandes/rappels/{query.format(id=order.pk.hex)}"

    answer = getattr(client, method)(address)

    assert (answer.status_code, is_refused(order)) == (404, False)
