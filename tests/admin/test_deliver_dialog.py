"""A reading that a person hands over: the message, and the note that it was sent."""

import pytest
from django.test import Client

from lumira.accounts.roles import Role
from orders.actions.hold import place_hold
from orders.admin.deliver_dialog import international
from orders.models import Order
from orders.models.hold import HoldReason
from orders.models.order import DeliveryFormat
from tests.admin.people import client_in, step_url
from tests.admin.reading_pages import markup, plain
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_submitted_reading,
)

pytestmark = pytest.mark.django_db
INTAKE = {"phone": "06 12 34 56 78", "specificQuestion": "Dois-je partir ?"}


def to_hand_over(**fields: object) -> Order:
    wanted = {
        "delivery_format": DeliveryFormat.WHATSAPP,
        "intake": INTAKE,
        **fields,
    }
    return make_delivered_order(make_assigned_order(**wanted))


def sent_by(order: Order) -> str:
    return Order.objects.get(pk=order.pk).delivery.sent_by


def test_the_message_and_the_number_are_ready_to_send() -> None:
    order = to_hand_over()

    page = markup(client_in(Role.SUPPORT), step_url(order, "deliver"))

    assert "https://wa.me/33612345678?text=Bonjour" in page
    assert f"/commandes/{order.pk}/lecture/?lien=" in page
    assert "06 12 34 56 78" in page
    assert "Dois-je partir" not in page


def test_the_link_opens_the_reading(client: Client) -> None:
    order = to_hand_over()
    page = markup(client_in(Role.SUPPORT), step_url(order, "deliver"))
    message = page.partition("data-copy>")[2].partition("</textarea>")[0]
    link = message.partition("http://testserver")[2].strip()

    answer = client.get(link, follow=True)

    assert "Partez au printemps." in answer.content.decode()


def test_the_message_is_in_the_customers_language() -> None:
    order = to_hand_over(language="en")

    page = markup(client_in(Role.SUPPORT), step_url(order, "deliver"))

    assert "lecture/?lien=" in page


def test_looking_notes_nothing_and_noting_twice_is_once() -> None:
    order = to_hand_over()
    support = client_in(Role.SUPPORT)

    support.get(step_url(order, "deliver"))
    before = sent_by(order)
    answers = [support.post(step_url(order, "deliver")) for _click in range(2)]

    assert (before, sent_by(order)) == ("", "support")
    assert [answer.status_code for answer in answers] == [302, 302]


def test_what_is_handed_over_shows_no_number_and_no_link_any_more() -> None:
    order = to_hand_over()
    support = client_in(Role.SUPPORT)
    support.post(step_url(order, "deliver"))

    page = markup(support, step_url(order, "deliver"))

    assert "lien=" not in page
    assert "06 12" not in page


def test_what_goes_by_mail_is_not_handed_over() -> None:
    order = make_delivered_order(make_assigned_order(intake=INTAKE))

    page = markup(client_in(Role.SUPPORT), step_url(order, "deliver"))

    assert "rien à remettre à la main" in plain(page)
    assert "06 12" not in page


def test_nothing_is_handed_over_before_it_is_approved() -> None:
    order = make_submitted_reading().order

    answer = client_in(Role.SUPPORT).post(step_url(order, "deliver"))

    assert answer.status_code == 409


def test_a_frozen_order_is_not_handed_over() -> None:
    order = to_hand_over()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    answer = client_in(Role.SUPPORT).post(step_url(order, "deliver"))

    assert (answer.status_code, sent_by(order)) == (409, "")
    assert "lien=" not in answer.content.decode()


@pytest.mark.parametrize("role", [Role.EXPERT, Role.VALIDATOR, Role.FINANCE])
def test_others_than_support_hand_nothing_over(role: Role) -> None:
    order = to_hand_over()

    answer = client_in(role).get(step_url(order, "deliver"))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("+33 6 12 34 56 78", "33612345678"),
        ("06 12 34 56 78", "33612345678"),
        ("0044 20 7946 0958", "442079460958"),
        ("+1 (415) 555-0100", "14155550100"),
        ("12345", ""),
        ("", ""),
    ],
)
def test_numbers_are_dialled_from_everywhere(typed: str, dialled: str) -> None:
    assert international(typed) == dialled
