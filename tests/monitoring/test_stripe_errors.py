"""Stripe's errors call support: an outage is one mail, a refused card none."""

from typing import Any

import pytest
from django.test import Client

from lumira.outbox.models import Message
from payments.actions.start_payment import start_payment
from payments.gateway import GatewayError, GatewayUnavailable, gateway
from payments.models import Alarm
from tests.api.calling import create
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order
from tests.monitoring.watching import body, look, told
from tests.payments.canned_stripe import CannedStripe, canned
from tests.payments.purchases import open_purchase
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["canned"]


def error(**fields: Any) -> dict[str, Any]:
    return {"error": {"message": "Raw English about alice@example.org.", **fields}}


def ask() -> None:
    with pytest.raises(GatewayError):
        gateway().fetch_intent("pi_1")


@pytest.mark.parametrize(
    ("status", "body", "about"),
    [
        (401, error(type="invalid_request_error"), "AuthenticationError"),
        (403, error(type="invalid_request_error"), "PermissionError"),
        (429, error(type="invalid_request_error"), "RateLimitError"),
        (400, error(type="idempotency_error"), "IdempotencyError"),
        (
            400,
            error(type="invalid_request_error", code="parameter_unknown"),
            "InvalidRequestError",
        ),
        (404, error(type="invalid_request_error"), "InvalidRequestError"),
        (200, "<html>A proxy's page</html>", "APIError"),
        (200, "{}", "UnreadableAnswer"),
    ],
)
def test_an_error_that_is_nobodys_card_calls_support(
    canned: CannedStripe, status: int, body: Any, about: str
) -> None:
    canned.will_say(status, body)

    ask()

    assert told() == ["stripe_error"]
    assert Alarm.objects.get().name == f"stripe_error:{about}"
    assert Message.objects.get().payload["about"] == about


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (402, "card_declined"),
        (404, "resource_missing"),
        (400, "payment_intent_unexpected_state"),
        (400, "charge_already_refunded"),
    ],
)
def test_an_answer_is_no_error(canned: CannedStripe, status: int, code: str) -> None:
    kind = "card_error" if status == 402 else "invalid_request_error"
    canned.will_say(status, error(type=kind, code=code))

    ask()

    assert told() == []
    assert not Alarm.objects.exists()


def test_an_outage_is_one_mail_whoever_meets_it(
    client: Client, sandbox: SandboxProcess
) -> None:
    make_expert()
    sandbox.fault("503", route="POST /v1/payment_intents", count=1000)

    for _ in range(5):
        answer = create(client, {"productId": "premium"})
        assert answer.status_code == 503
    with pytest.raises(GatewayUnavailable):
        start_payment(make_order())

    assert told() == ["stripe_error"]


def test_support_gets_ids_and_no_words_of_stripes(canned: CannedStripe) -> None:
    canned.will_say(401, error(type="invalid_request_error"))

    ask()

    assert "alice" not in body()
    assert "Réponse HTTP\u00a0: 401" in body()


def test_the_end_of_an_outage_is_told(client: Client, sandbox: SandboxProcess) -> None:
    sandbox.fault("503", route="GET /v1/payment_intents/*", count=4)
    payment = open_purchase()
    with pytest.raises(GatewayUnavailable):
        gateway().fetch_intent(str(payment.intent_id))

    look(minutes=14)
    look(minutes=16)

    assert told() == ["stripe_error", "stripe_error ended"]


def test_what_doctor_asks_calls_nobody(canned: CannedStripe) -> None:
    canned.will_say(401, error(type="invalid_request_error"))

    with pytest.raises(GatewayError):
        gateway().inspection.fetch_account()

    assert told() == []
