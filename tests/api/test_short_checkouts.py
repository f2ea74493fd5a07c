"""Checkouts that do not pass through Django's middlewares: the same answers, rows and
lines of the log."""

import json
from typing import Any

import pytest
from pytest_django import Settings

from lumira.body_limit import SMALL
from orders.access import COOKIE, access_token
from orders.models import Order
from payments.api.short_way import START
from tests.api.both_ways import ENGLISH, NOBODY, BothWays, posted
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.sandbox_process import SandboxProcess

# Django looks after its connections at a request's begin and end.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both() -> BothWays:
    return BothWays()


@pytest.fixture
def camille(sandbox: SandboxProcess) -> None:
    """Camille offers premium."""
    make_expert(make_service(), slug="camille", name="Camille Aubry")


BODIES: list[Any] = [
    {"productId": "premium"},
    {"expertId": "camille", "amount": 7900, "customerEmail": "a@example.org"},
    {"expertId": "camille", "amount": 1},
    {"expertId": "nobody", "amount": 7900},
    {"productId": "nothing"},
    {"orderId": "nonsense"},
    {"orderId": str(NOBODY)},
    {"productId": "premium", "customerEmail": "no address"},
    {"productId": "premium", "metadata": {"card": "4242"}},
    {"amount": "7900", "expertId": 5},
    {"amount": 10**400},
    {"customerName": "é" * 300},
    {},
    [],
    None,
    "text",
]


@pytest.mark.parametrize("changes", [{}, ENGLISH, {"HTTP_COOKIE": f"{COOKIE}=forged"}])
@pytest.mark.parametrize("body", BODIES, ids=str)
def test_a_checkout_is_answered_alike(
    both: BothWays, camille: None, body: Any, changes: dict[str, str]
) -> None:
    sent = json.dumps(body).encode()

    both.same(posted(sent, **changes), sent)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b'{"productId": NaN}',
        b'{"productId": "\\u0000"}',
        b'{"productId": "\\ud800"}',
        b'{"productId": "premium"',
        b"\xff\xfe",
        b"[" * 5000,
        b"productId=premium",
    ],
    ids=lambda sent: str(sent[:30]),
)
def test_what_is_no_json_is_refused_alike(
    both: BothWays, camille: None, sent: bytes
) -> None:
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}

    assert both.same(posted(sent), sent) == "400 Bad Request"
    assert both.same(posted(sent, **form), sent) == "400 Bad Request"
    assert Order.objects.exclude(payments=None).count() == 0


def test_a_body_that_is_cut_short_places_nothing(both: BothWays, camille: None) -> None:
    sent = b'{"productId": "premium"}'

    assert both.same(posted(sent), sent[:-1]) == "400 Bad Request"


def test_no_more_is_read_than_was_announced(both: BothWays, camille: None) -> None:
    sent = b'{"productId": "premium"}'

    assert both.same(posted(sent), sent + b"GET / HTTP/1.1") == "200 OK"


def test_a_call_repeated_with_its_key_is_one_order_by_either_way(
    both: BothWays, camille: None
) -> None:
    sent = b'{"productId": "premium"}'
    before = Order.objects.count()

    short, long = both.ask(posted(sent, HTTP_X_REQUEST_ID="my-own-key"), sent)

    assert not short.by_django
    assert json.loads(short.body) == json.loads(long.body)
    assert Order.objects.count() == before + 1
    other = b'{"productId": "premium", "customerName": "Bob"}'
    refused = both.same(posted(other, HTTP_X_REQUEST_ID="my-own-key"), other)
    assert refused == "409 Conflict"


def test_the_owner_of_an_order_is_known_by_either_way(
    both: BothWays, camille: None
) -> None:
    order = make_order(email="alice@example.org")
    sent = json.dumps({"orderId": str(order.pk)}).encode()
    token = access_token(order)
    # The first call makes the customer at Stripe, and the intent.
    both.ask(posted(sent, HTTP_AUTHORIZATION=f"Bearer {token}"), sent)

    for proof in (
        {"HTTP_AUTHORIZATION": f"Bearer {token}"},
        {"HTTP_COOKIE": f"{COOKIE}={token}"},
    ):
        assert both.same(posted(sent, **proof), sent) == "200 OK"


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "GET"},
        {"REQUEST_METHOD": "PUT"},
        {"PATH_INFO": f"{START}/"},
        {"PATH_INFO": START.upper()},
        {"QUERY_STRING": "lang=en"},
        {"CONTENT_LENGTH": None},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "+24"},
        {"CONTENT_LENGTH": " 24"},
        {"CONTENT_LENGTH": "2_4"},
        {"CONTENT_LENGTH": "²"},
        {"CONTENT_LENGTH": "0" * 5000},
        {"CONTENT_LENGTH": str(SMALL + 1)},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"HTTP_HOST": "evil.example"},
    ],
    ids=str,
)
def test_an_odd_checkout_goes_djangos_way(
    both: BothWays, camille: None, changes: dict[str, str | None]
) -> None:
    sent = b'{"productId": "premium"}'

    both.longer(posted(sent, **changes), sent)


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data"])
def test_what_nobody_caught_is_answered_alike(
    both: BothWays, camille: None, settings: Settings, kind: str
) -> None:
    settings.LIMITS_ON = True
    settings.LIMITS_FACTOR = None
    sent = b'{"productId": "premium"}'

    # A form without a boundary cannot be read; nobody may look for a token in it.
    cookie = f"csrftoken={'a' * 32}"
    line = both.same(posted(sent, CONTENT_TYPE=kind, HTTP_COOKIE=cookie), sent)

    assert line == "500 Internal Server Error"
