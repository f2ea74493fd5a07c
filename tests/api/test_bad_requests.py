"""Bodies, methods and addresses that make no sense: JSON errors, nothing written."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from pytest_django import Settings

from orders.access import access_token
from tests.api.calling import CONFIRM, CREATE, ORDER, ORDERS, assert_error
from tests.factories.orders import make_order
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db
TAKES_JSON = [CREATE, CONFIRM]


@pytest.mark.parametrize("address", TAKES_JSON)
@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"expertId": "camille", }',
        b"expertId=camille&amount=7900",
        b"\xff\xfe\x00",
        b"\x00",
        b'{"amount": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
    ],
    ids=["cut", "comma", "form", "binary", "zero", "long number", "deep"],
)
def test_a_body_that_is_not_json(client: Client, address: str, body: bytes) -> None:
    before = table_contents()

    answer = client.post(address, body, content_type="application/json")

    assert_error(answer, 400, "invalid_json")
    assert table_contents() == before


@pytest.mark.parametrize("address", TAKES_JSON)
@pytest.mark.parametrize(
    "body", [b"[]", b"null", b"7900", b'"text"', b"true", b"[{}]", b""]
)
def test_json_that_is_no_object(client: Client, address: str, body: bytes) -> None:
    before = table_contents()

    answer = client.post(address, body, content_type="application/json")

    assert_error(answer, 400, answer.json()["error"])
    # The names of our own variables are no business of the caller's.
    assert "wanted" not in answer.content.decode()
    assert table_contents() == before


@pytest.mark.parametrize("address", TAKES_JSON)
def test_two_megabytes(client: Client, address: str) -> None:
    before = table_contents()
    body = b'{"description": "' + b"x" * 2_000_000 + b'"}'

    answer = client.post(address, body, content_type="application/json")

    assert_error(answer, 413, "payload_too_large")
    assert table_contents() == before


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("get", CREATE, "POST"),
        ("put", CREATE, "POST"),
        ("delete", CREATE, "POST"),
        ("get", CONFIRM, "POST"),
        ("patch", CONFIRM, "POST"),
        ("post", f"{ORDER}5d1e3ce4-2f0c-4f0a-9a55-0d3ad9a8a001", "GET"),
        ("delete", f"{ORDER}5d1e3ce4-2f0c-4f0a-9a55-0d3ad9a8a001", "GET"),
        ("post", ORDERS, "GET"),
    ],
)
def test_a_wrong_method_says_which_is_right(
    client: Client, method: str, address: str, allowed: str
) -> None:
    answer = getattr(client, method)(address)

    assert_error(answer, 405, "method_not_allowed")
    assert allowed in answer["Allow"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/nothing",
        "/api/payments",
        "/api/payments/",
        "/api/payments/order",
        "/api/payments/order/",
        "/api/payments/order/a/b",
        "/api/payments/create-payment-intent/more",
        "/api//payments/orders",
        "/api/",
    ],
)
def test_an_unknown_address_is_a_json_404(client: Client, address: str) -> None:
    assert_error(client.get(address), 404, "not_found")


def test_posting_to_an_unknown_address_is_a_json_404(client: Client) -> None:
    answer = client.post("/api/payments/charge", {}, content_type="application/json")

    assert_error(answer, 404, "not_found")


@pytest.mark.parametrize("address", [CREATE, CONFIRM])
def test_a_last_slash_changes_nothing(client: Client, address: str) -> None:
    answers: list[Any] = [
        client.post(at, {}, content_type="application/json")
        for at in (address, f"{address}/")
    ]

    assert answers[0].status_code == answers[1].status_code == 400
    assert answers[0].json() == answers[1].json()


def test_the_type_of_the_body_need_not_be_named(client: Client) -> None:
    answer = client.post(CREATE, b"{}", content_type="text/plain")

    assert_error(answer, 400, "Expert ID and amount are required")


def test_the_api_needs_no_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(CREATE, {}, content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body", [{}, {"paymentIntentId": None}, {"paymentIntentId": 7}, {"id": "pi_1"}]
)
def test_confirm_without_an_intent_names_the_field(
    client: Client, body: dict[str, Any]
) -> None:
    answer = client.post(CONFIRM, body, content_type="application/json")

    told = assert_error(answer, 400, "invalid_request")
    assert told["fields"] == ["paymentIntentId"]


def test_our_own_failure_is_json_too(settings: Settings) -> None:
    order = make_order(email="alice@example.org", intake={"firstName": "Alice"})
    token = access_token(order)
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]  # the key got lost
    client = Client(raise_request_exception=False)

    answer = client.get(ORDERS, headers={"Authorization": f"Bearer {token}"})

    assert answer["Content-Type"].startswith("application/json")
    assert_error(answer, 500, answer.json()["error"])
    assert "Alice" not in answer.content.decode()
