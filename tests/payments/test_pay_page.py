"""/paiement/<order id>/ without a browser."""

import uuid

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db
PAYABLE = [
    ("pending", None),
    ("pending", "pending"),
    ("failed", "failed"),
    ("failed", "pending"),
    ("failed", "cancelled"),
]
PAST_PAYING = [
    ("pending", "processing"),
    ("failed", "processing"),
    ("pending", "completed"),
    ("paid", "completed"),
    ("processing", "completed"),
    ("awaiting_validation", "completed"),
    ("completed", "completed"),
    ("refunded", "completed"),
]


def page_of(order_status: str, payment_status: str | None) -> str:
    order = make_order(status=order_status)
    if payment_status:
        make_payment(order=order, status=payment_status)
    return f"/paiement/{order.pk}/"


@pytest.mark.parametrize(("order_status", "payment_status"), PAYABLE)
def test_what_can_be_paid_is_shown_with_what_the_script_needs(
    client: Client, order_status: str, payment_status: str | None
) -> None:
    address = page_of(order_status, payment_status)

    answer = client.get(address)

    config = answer.context["config"]
    order = answer.context["order"]
    assert answer.status_code == 200
    assert "79,00\u00a0€" in answer.content.decode()
    assert config["orderId"] == str(order.pk)
    assert config["createUrl"] == "/api/payments/create-payment-intent"
    assert config["confirmUrl"] == "/api/payments/confirm-payment"
    assert config["orderUrl"] == f"/api/payments/order/{order.pk}"
    assert config["publishableKey"].startswith("pk_test_")
    assert (
        config["confirmationUrl"]
        == f"http://testserver/confirmation?order_id={order.pk}"
    )


@pytest.mark.parametrize(("order_status", "payment_status"), PAST_PAYING)
def test_what_is_past_paying_goes_to_the_page_that_says_so(
    client: Client, order_status: str, payment_status: str
) -> None:
    address = page_of(order_status, payment_status)

    answer = client.get(address)

    order_id = address.split("/")[2]
    assert answer.status_code == 302
    assert answer["Location"] == f"/confirmation?order_id={order_id}"


def test_the_page_gives_away_nothing_secret_or_personal(
    client: Client, settings: Settings
) -> None:
    order = make_order(intake={"phone": "+33612345678"})
    make_payment(order=order)

    page = client.get(f"/paiement/{order.pk}/").content.decode()

    for secret in (
        settings.STRIPE_SECRET_KEY,
        settings.STRIPE_WEBHOOK_SECRETS[0],
        "_secret_",
        "alice@example.org",
        "33612345678",
    ):
        assert secret not in page


def test_the_page_is_not_kept_by_caches(client: Client) -> None:
    assert "no-store" in client.get(page_of("pending", None))["Cache-Control"]


def test_reloads_and_link_previews_write_nothing(client: Client) -> None:
    address = page_of("pending", "pending")
    before = table_contents()

    for _ in range(3):
        client.get(address)
    client.head(address)

    assert table_contents() == before


def test_without_stripe_the_page_still_comes(
    client: Client, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    assert client.get(page_of("pending", "pending")).status_code == 200


@pytest.mark.parametrize("order_id", [str(uuid.UUID(int=1)), "nonsense", "1"])
def test_an_unknown_order_is_a_404(client: Client, order_id: str) -> None:
    assert client.get(f"/paiement/{order_id}/").status_code == 404


def test_posting_is_for_the_api(client: Client) -> None:
    assert client.post(page_of("pending", None)).status_code == 405
