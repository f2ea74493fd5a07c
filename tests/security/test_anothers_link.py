"""A link that somebody else sent does not take the place of one's own unasked."""

import pytest
from django.test import Client
from django.urls import reverse

from orders.access import (
    COOKIE,
    access_token,
    email_of,
    handed_token,
    orders_for,
)
from orders.models import Order
from tests.factories.orders import make_order
from tests.factories.subscriptions import make_subscription

pytestmark = pytest.mark.django_db
PAGE = "/commandes/"
TAKE = "/commandes/lien/"


@pytest.fixture
def own() -> Order:
    return make_order(email="alice@example.org")


@pytest.fixture
def alice(client: Client, own: Order) -> Client:
    client.cookies[COOKIE] = access_token(own)
    return client


def test_anothers_link_asks_first_and_keeps_ones_own(alice: Client, own: Order) -> None:
    held = alice.cookies[COOKIE].value
    mallory = make_order(email="mallory@example.net")

    answer = alice.get(PAGE, {"lien": access_token(mallory)})

    assert answer.status_code == 200
    assert COOKIE not in answer.cookies
    assert alice.cookies[COOKIE].value == held
    page = answer.content.decode()
    assert "a…@example.org" in page
    assert "m…@example.net" in page
    assert "mallory@" not in page
    assert "alice@" not in page


def test_nobodys_card_is_asked_for_by_a_link_that_was_sent(alice: Client) -> None:
    subscription = make_subscription(email="mallory@example.net")
    page = reverse("payments:subscription-card", args=[subscription.pk])

    answer = alice.get(page, {"lien": access_token(subscription.first_order)})

    assert "data-payment" not in answer.content.decode()
    assert alice.get(page).status_code == 404


def test_who_says_yes_sees_the_other_orders(alice: Client) -> None:
    other = make_order(email="alice@work.example")

    answer = alice.post(TAKE, {"lien": access_token(other), "page": PAGE}, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert list(answer.context["orders"]) == [other]


def test_a_newer_link_of_ones_own_is_kept_without_a_question(alice: Client) -> None:
    newer = access_token(make_order(email="alice@example.org"))

    answer = alice.get(PAGE, {"lien": newer})

    assert (answer.status_code, answer.cookies[COOKIE].value) == (302, newer)


def test_a_link_that_a_person_handed_over_opens_that_one_order(
    client: Client, own: Order
) -> None:
    other = make_order(email=own.email)
    token = handed_token(other)

    client.get(reverse("orders:reading", args=[other.pk]), {"lien": token})

    assert list(orders_for(token) or []) == [other]
    assert email_of(token) is None
    # Support read it: it must not open the rest, or stop a subscription.
    mine = client.get(PAGE)
    assert own.number not in mine.content.decode()
    subscription = make_subscription(email=own.email)
    page = client.get(reverse("payments:subscription", args=[subscription.pk]))
    assert page.status_code == 403


def test_it_does_not_take_the_place_of_what_opens_more(
    alice: Client, own: Order
) -> None:
    other = make_order(email=own.email)
    page = reverse("orders:reading", args=[other.pk])

    answer = alice.get(page, {"lien": handed_token(other)})

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert COOKIE not in answer.cookies


def test_a_link_that_was_handed_over_asks_too_and_names_the_order(
    alice: Client,
) -> None:
    handed = make_order(email="")

    answer = alice.get(
        reverse("orders:reading", args=[handed.pk]), {"lien": handed_token(handed)}
    )

    assert COOKIE not in answer.cookies
    assert handed.number in answer.content.decode()


@pytest.mark.parametrize("held", ["", "nonsense", "nonsense:with:colons"])
def test_what_was_not_valid_is_replaced_without_a_question(
    client: Client, own: Order, held: str
) -> None:
    client.cookies[COOKIE] = held

    answer = client.get(PAGE, {"lien": access_token(own)})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "page",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "evil", ""],
)
def test_the_answer_leads_to_no_other_site(
    alice: Client, own: Order, page: str
) -> None:
    answer = alice.post(TAKE, {"lien": access_token(own), "page": page})

    assert (answer.status_code, answer["Location"]) == (302, PAGE)


def test_the_answer_must_come_from_our_own_page(own: Order) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(TAKE, {"lien": access_token(own), "page": PAGE})

    assert answer.status_code == 403
    assert COOKIE not in answer.cookies


def test_the_orders_say_for_whom_they_are(alice: Client) -> None:
    assert "Pour a…@example.org" in alice.get(PAGE).content.decode()
