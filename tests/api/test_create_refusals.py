"""create-payment-intent refuses, with SPEC §3's codes, and writes nothing."""

import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from orders.models import Order
from tests.api.calling import assert_error, create
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db
NOBODY = "http://127.0.0.1:9"
GOOD = {"expertId": "camille", "amount": 7900}


@pytest.fixture(autouse=True)
def _catalogue(settings: Settings) -> None:
    settings.STRIPE_API_BASE = NOBODY  # a refusal never gets that far
    basic, premium = make_service(slug="basic", price=2900), make_service()
    make_expert(basic, premium, slug="camille")
    make_expert(premium, slug="away", is_active=False)
    make_service(slug="vip", price=14900)
    make_service(slug="withdrawn", price=4900, is_active=False)
    make_service(slug="integral", price=9700, billing="month")


def refuse(client: Client, body: Any, status: int, error: str) -> dict[str, Any]:
    before = table_contents()
    answer = create(client, body)
    told = assert_error(answer, status, error)
    assert table_contents() == before
    return told


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"expertId": "camille"},
        {"amount": 7900},
        {"expertId": "", "amount": 7900},
        {"expertId": None, "amount": None, "productId": None, "orderId": None},
        {"description": "Consultation", "metadata": {"service": "premium"}},
        {"customerEmail": "alice@example.org"},
        {"productId": "", "orderId": ""},
    ],
)
def test_neither_expert_and_amount_nor_product_nor_order(
    client: Client, body: dict[str, Any]
) -> None:
    refuse(client, body, 400, "Expert ID and amount are required")


@pytest.mark.parametrize(
    "body",
    [
        {"expertId": "camille", "amount": 100, "metadata": {"service": "premium"}},
        {"expertId": "camille", "amount": 2900, "metadata": {"service": "premium"}},
        {"expertId": "camille", "amount": 0, "metadata": {"service": "premium"}},
        {"expertId": "camille", "amount": -1, "metadata": {"service": "premium"}},
        {"productId": "premium", "amount": 7899},
        {"productId": "premium", "expertId": "camille", "amount": 79},
    ],
)
def test_a_price_changed_in_the_browser_is_answered_with_the_right_one(
    client: Client, body: dict[str, Any]
) -> None:
    told = refuse(client, body, 409, "amount_mismatch")

    assert (told["amount"], told["currency"]) == (7900, "eur")
    assert "79,00" in told["message"]


@pytest.mark.parametrize("amount", [1, 0, -1, -7900, 7901, 4900, 14900, 10**12, 10**40])
def test_an_amount_that_is_no_services_price(client: Client, amount: int) -> None:
    refuse(client, {**GOOD, "amount": amount}, 400, "unknown_service")


@pytest.mark.parametrize("expert", ["nobody", "away", str(uuid.UUID(int=1)), "Camille"])
def test_an_unknown_or_inactive_expert(client: Client, expert: str) -> None:
    refuse(client, {**GOOD, "expertId": expert}, 404, "unknown_expert")


@pytest.mark.parametrize("service", ["nothing", "withdrawn", "PREMIUM", "' OR 1=1"])
@pytest.mark.parametrize("way", ["productId", "metadata"])
def test_an_unknown_or_inactive_service(client: Client, service: str, way: str) -> None:
    named = {"service": service} if way == "metadata" else None
    product = service if way == "productId" else None

    refuse(
        client,
        {**GOOD, "productId": product, "metadata": named},
        404,
        "unknown_service",
    )


def test_an_expert_who_does_not_offer_the_service(client: Client) -> None:
    body = {"expertId": "camille", "productId": "vip", "amount": 14900}

    refuse(client, body, 400, "service_not_offered")


def test_a_service_paid_by_the_month_needs_an_address(client: Client) -> None:
    refuse(client, {"productId": "integral"}, 400, "email_required")


@pytest.mark.parametrize(
    "metadata",
    [
        {"email": "alice@example.org"},
        {"service": "premium", "note": "x"},
        {"Service": "premium"},
        {"": "x"},
        {"__proto__": "x"},
        {"service": {"slug": "premium"}},
        {"service": ["premium"]},
        {"service": True},
        {"level": 2.5},
        {"level": None},
        {"userId": "x" * 101},
    ],
    ids=str,
)
def test_metadata_we_do_not_take(client: Client, metadata: dict[str, Any]) -> None:
    refuse(client, {**GOOD, "metadata": metadata}, 400, "invalid_metadata")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "7900"),
        ("amount", 79.5),
        ("amount", 7900.0),
        ("amount", True),
        ("amount", [7900]),
        ("amount", {"value": 7900}),
        ("expertId", 7),
        ("expertId", ["camille"]),
        ("expertId", "x" * 201),
        ("productId", 7),
        ("orderId", 7),
        ("orderId", {}),
        ("metadata", "service"),
        ("metadata", ["service"]),
        ("description", 7),
        ("customerEmail", 7),
        ("customerEmail", f"{'x' * 250}@example.org"),
        ("customerName", ["Alice"]),
        ("customerName", "x" * 201),
    ],
)
def test_a_field_of_the_wrong_type_is_named(
    client: Client, field: str, value: Any
) -> None:
    told = refuse(client, {**GOOD, field: value}, 400, "invalid_request")

    assert told["fields"] == [field]


@pytest.mark.parametrize("email", ["alice", "a@b", "alice@example.org\nBcc: x@y.zz"])
def test_an_address_that_is_none(client: Client, email: str) -> None:
    refuse(client, {**GOOD, "customerEmail": email}, 400, "invalid_email")


@pytest.mark.parametrize(
    "order_id", ["nonsense", str(uuid.UUID(int=1)), "0", "../orders", "x" * 200]
)
def test_an_unknown_order(client: Client, order_id: str) -> None:
    refuse(client, {"orderId": order_id}, 404, "unknown_order")


@pytest.mark.parametrize(
    "status", ["paid", "processing", "awaiting_validation", "completed", "refunded"]
)
def test_an_order_that_is_paid_already(client: Client, status: str) -> None:
    order = make_order(status=status)
    make_payment(order=order)  # an attempt that was not closed yet

    told = refuse(client, {"orderId": str(order.pk)}, 409, "order_already_paid")

    assert told["orderId"] == str(order.pk)


def test_half_a_letter_is_no_reason_to_fall(client: Client) -> None:
    # A lone surrogate: JSON can spell it, no database can store it.
    body = b'{"expertId": "camille", "amount": 7900, "metadata": {"%s": "\\ud800"}}'

    for field in (b"service", b"level"):
        answer = create(client, body.replace(b"%s", field))

        assert answer.status_code < 500
        assert answer["Content-Type"].startswith("application/json")


def test_an_error_never_repeats_what_may_be_personal(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    body = {"expertId": 7, "customerEmail": ["alice@example.org"], "customerName": 1}

    answer = create(client, body)

    assert "alice" not in answer.content.decode() + caplog.text


def test_the_text_is_in_the_readers_language(client: Client) -> None:
    french = create(client, {}, Accept_Language="fr").json()["message"]

    assert french.startswith("Indiquez")
    assert not Order.objects.exists()
