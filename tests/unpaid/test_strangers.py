"""Nobody can make the shop write to strangers: not often, and not to many."""

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from lumira.limits.rules import LETTERS
from lumira.limits.subjects import Who, subjects
from orders.actions.place_order import Buyer, place_order
from orders.models import Order
from payments.unpaid.greeting import name_to_greet
from tests.factories.catalogue import make_service
from tests.unpaid.leaving import (
    A_WHILE,
    TO_THE_REMINDER,
    letters,
    order_placed,
    wait_and_work,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_address_that_is_typed_all_day_gets_three_mails(
    mailoutbox: list[EmailMessage],
) -> None:
    for _time in range(10):
        order_placed(email="stranger@example.org")
        wait_and_work(A_WHILE)

    assert len(mailoutbox) == LETTERS.allowed[Who.EMAIL] == 3


def test_many_addresses_typed_from_one_network_get_a_dozen_at_most(
    mailoutbox: list[EmailMessage],
) -> None:
    for number in range(30):
        place_order(
            service=make_service(),
            expert=None,
            buyer=Buyer(email=f"stranger{number}@example.org"),
            by="customer",
            sender=subjects(network="192.0.2.9"),
        )

    wait_and_work(A_WHILE)

    assert len(mailoutbox) == LETTERS.allowed[Who.NETWORK] == 12


def test_from_many_networks_there_is_an_end_too(
    mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.LIMITS_FACTOR = 0.1
    for number in range(40):
        order_placed(email=f"stranger{number}@example.org")

    wait_and_work(A_WHILE)

    assert len(mailoutbox) == LETTERS.allowed[Who.SHOP] / 10 == 30


def test_what_was_too_many_does_not_come_later() -> None:
    for _time in range(4):
        order_placed()
        wait_and_work(A_WHILE)

    wait_and_work(TO_THE_REMINDER)
    wait_and_work(TO_THE_REMINDER)

    assert letters() == ["order_received"] * 3


@pytest.mark.parametrize(
    "typed",
    [
        "Claire Dumont",
        "Anne-Sophie d’Orléans",
        "J. O'Brien",
        "Ngô Thị Ánh",
        "अनीता शर्मा",
    ],
)
def test_a_letter_greets_a_person_by_name(typed: str) -> None:
    assert name_to_greet(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "Gagnez sur evil.example",
        "https://evil.example/x",
        "Claire\nPayez ici",
        "Call 0123456789",
        "claire@evil.example",
        "<b>Claire</b>",
        "a" * 81,
    ],
)
def test_what_is_no_name_is_not_repeated(typed: str) -> None:
    assert name_to_greet(typed) == ""


def test_a_stranger_is_sent_no_link_that_somebody_typed(
    mailoutbox: list[EmailMessage],
) -> None:
    order = order_placed(email="stranger@example.org")
    Order.objects.filter(pk=order.pk).update(name="Gagnez sur evil.example")

    wait_and_work(A_WHILE)

    parts = [part.get_payload(decode=True) for part in mailoutbox[0].message().walk()]
    texts = [part.decode() for part in parts if isinstance(part, bytes)]
    assert len(texts) == 2
    assert not any("evil" in text for text in texts)
