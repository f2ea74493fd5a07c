"""/commandes/: the signed link instead of a password."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client
from django.utils.timezone import now

from lumira.outbox.models import Message
from orders.access import COOKIE, LIFETIME, access_token, orders_for, salt_of
from orders.models import Order
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/commandes/"


def ask(client: Client, email: str = "alice@example.org") -> int:
    return client.post(PAGE, {"email": email}).status_code


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://testserver(/commandes/\?lien=\S+)", str(mail.body))
    assert found
    return found[1]


def test_the_link_of_the_mail_shows_the_orders(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    order = make_order()
    ask(client)

    answer = client.get(link_in(mailoutbox[0]), follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert list(answer.context["orders"]) == [order]
    assert order.number in answer.content.decode()


def test_all_orders_of_the_address_are_shown_newest_first_and_no_others(
    client: Client,
) -> None:
    first = make_order(created_at=now() - timedelta(days=3))
    second = make_order(email="alice@example.org")
    make_order(email="bob@example.org")
    client.cookies[COOKIE] = access_token(first)

    answer = client.get(PAGE)

    assert list(answer.context["orders"]) == [second, first]


def test_the_link_leaves_the_address_and_scripts_cannot_read_it(
    client: Client,
) -> None:
    answer = client.get(PAGE, {"lien": access_token(make_order())})

    cookie = answer.cookies[COOKIE]
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == LIFETIME.total_seconds()


def test_no_address_of_a_person_is_in_any_link(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    make_order()
    ask(client)

    link = unquote(link_in(mailoutbox[0]))

    assert "alice" not in link
    assert "@" not in link


def test_the_form_says_the_same_to_strangers(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    make_order()

    known = client.post(PAGE, {"email": "alice@example.org"})
    stranger = client.post(PAGE, {"email": "eve@example.org"})

    def visible(page: bytes) -> str:
        return re.sub(r'(value|nonce)="[^"]*"|eve|alice', "", page.decode())

    assert known.status_code == stranger.status_code == 200
    assert visible(known.content) == visible(stranger.content)
    assert [mail.to for mail in mailoutbox] == [["alice@example.org"]]


def test_the_form_sent_again_within_the_period_is_one_mail(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    make_order()

    for email in ("alice@example.org", " Alice@Example.org ", "alice@example.org"):
        ask(client, email)

    assert len(mailoutbox) == 1


def test_an_order_in_between_does_not_make_it_two_mails(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    # Anybody can place unpaid orders with somebody's address, at no cost.
    for _ in range(3):
        make_order()
        ask(client)

    assert len(mailoutbox) == 1


def test_a_bad_address_is_pointed_at(client: Client) -> None:
    assert ask(client, "alice") == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize("spoilt", ["", "nonsense", "x:y:z", "🙂", "a" * 5000])
def test_a_forged_link_shows_nothing(client: Client, spoilt: str) -> None:
    make_order()

    answer = client.get(PAGE, {"lien": spoilt})

    assert answer.status_code == (403 if spoilt else 200)
    assert answer.context["orders"] is None
    assert COOKIE not in answer.cookies


def test_one_changed_sign_spoils_a_link(client: Client) -> None:
    mine, other = make_order(), make_order(email="bob@example.org")
    token = access_token(mine).replace(mine.pk.hex, other.pk.hex)

    assert client.get(PAGE, {"lien": token}).status_code == 403


def test_a_token_signed_for_another_use_opens_nothing() -> None:
    order = make_order()
    token = signing.TimestampSigner(salt="password-reset").sign(order.pk.hex)

    assert orders_for(token) is None


class SignedThen(signing.TimestampSigner):
    """Signs as if it were the given number of seconds ago."""

    def __init__(self, order: Order, seconds: float) -> None:
        super().__init__(salt=salt_of(order))
        self._moment = int((now() - timedelta(seconds=seconds)).timestamp())

    def timestamp(self) -> str:
        return signing.b62_encode(self._moment)


def test_a_link_is_good_for_seven_days() -> None:
    order, week = make_order(), timedelta(days=7).total_seconds()

    young = SignedThen(order, week - 60).sign(order.pk.hex)
    old = SignedThen(order, week + 60).sign(order.pk.hex)

    assert list(orders_for(young) or []) == [order]
    assert orders_for(old) is None


def test_a_link_to_an_order_without_an_address_is_to_that_order_alone() -> None:
    nameless = make_order(email="")
    make_order(email="")

    found = orders_for(access_token(nameless))

    assert found is not None
    assert list(found) == [nameless]


def test_looking_writes_nothing(client: Client) -> None:
    token = access_token(make_order())
    before = table_contents()

    for query in ({}, {"lien": token}, {"lien": "forged"}):
        client.get(PAGE, query)
    client.cookies[COOKIE] = token
    client.get(PAGE)

    assert table_contents() == before


def test_the_page_of_a_person_is_not_kept_by_caches(client: Client) -> None:
    make_service()

    assert "no-store" in client.get(PAGE)["Cache-Control"]


def test_many_orders_are_shown_page_by_page(client: Client) -> None:
    orders = [make_order(created_at=now() - timedelta(days=n)) for n in range(45)]
    client.cookies[COOKIE] = access_token(orders[0])

    pages = [client.get(PAGE, {"page": number}) for number in (1, 2, 3, 99, "x")]

    shown = [list(answer.context["orders"]) for answer in pages]
    assert shown[:3] == [orders[:20], orders[20:40], orders[40:]]
    assert shown[3:] == [orders[40:], orders[:20]]
    assert "?page=2" in pages[0].content.decode()
    assert "?page=1" in pages[1].content.decode()
