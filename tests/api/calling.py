"""Call the API as an integrator does."""

from typing import Any

from django.test import Client

from tests.lumira.answer import Answer

CREATE = "/api/payments/create-payment-intent"
CONFIRM = "/api/payments/confirm-payment"
ORDER = "/api/payments/order/"
ORDERS = "/api/payments/orders"


def create(client: Client, body: Any, **headers: str) -> Answer:
    """`body` is sent as JSON; text and bytes as they are."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(CREATE, body, content_type="application/json", headers=names)


def confirm(client: Client, intent_id: Any) -> Answer:
    return client.post(
        CONFIRM, {"paymentIntentId": intent_id}, content_type="application/json"
    )


def intent_of(answer: Answer) -> str:
    """The intent's id, out of the client secret."""
    secret: str = answer.json()["clientSecret"]
    return secret.partition("_secret_")[0]


def assert_error(answer: Answer, status: int, error: str) -> dict[str, Any]:
    """The answer is this error, as JSON with a text for the person; returns it."""
    assert answer["Content-Type"].startswith("application/json")
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["error"]) == (status, error)
    assert isinstance(body["message"], str)
    assert body["message"]
    return body
