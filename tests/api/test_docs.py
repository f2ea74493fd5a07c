import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

OURS = {
    "/api/payments/subscriptions/{subscription_id}/card": "post",
    "/api/payments/subscriptions/{subscription_id}/open-invoice": "post",
    "/api/payments/create-payment-intent": "post",
    "/api/payments/confirm-payment": "post",
    "/api/payments/order/{order_id}": "get",
    "/api/payments/orders": "get",
    "/api/payments/webhook": "post",
}


def described(client: Client) -> dict[str, Any]:
    schema: dict[str, Any] = client.get("/api/openapi.json").json()
    return schema


def test_every_address_of_the_contract_is_described_and_no_other(
    client: Client,
) -> None:
    paths = described(client)["paths"]

    assert {path: next(iter(way)) for path, way in paths.items()} == OURS


def test_the_names_of_the_contract_are_described(client: Client) -> None:
    schemas = described(client)["components"]["schemas"]

    assert schemas["CreatePaymentIntent"]["properties"].keys() >= {
        "expertId",
        "amount",
        "description",
        "metadata",
        "productId",
        "orderId",
        "customerEmail",
        "customerName",
    }
    assert schemas["PaymentIntentCreated"]["properties"].keys() == {
        "clientSecret",
        "orderId",
        "amount",
        "currency",
        "expertName",
        "productName",
        "customerSessionClientSecret",
    }


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        (
            "/api/payments/create-payment-intent",
            {"200", "400", "404", "409", "413", "429", "503"},
        ),
        ("/api/payments/confirm-payment", {"200", "400", "404", "413", "429", "503"}),
        ("/api/payments/order/{order_id}", {"200", "404", "429"}),
        ("/api/payments/orders", {"200", "401"}),
    ],
)
def test_each_answer_is_described(
    client: Client, path: str, statuses: set[str]
) -> None:
    [way] = described(client)["paths"][path].values()

    assert way["responses"].keys() >= statuses


def test_the_docs_page_needs_no_other_host(client: Client) -> None:
    answer = client.get("/api/docs")

    page = answer.content.decode()
    addresses = re.findall(r'(?:src|href|"url":)\s*=?\s*"([^"]+)"', page)
    assert answer.status_code == 200
    assert not re.search(r"(https?:)?//[\w.-]+\.[a-z]{2,}", page)
    assert addresses
    assert all(address.startswith("/") for address in addresses)


def test_the_files_of_the_docs_page_are_here(client: Client) -> None:
    page = client.get("/api/docs").content.decode()

    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert files
    assert [name for name in files if not finders.find(name)] == []
