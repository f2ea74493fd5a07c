"""What is kept of each call to Stripe, and of each payment that did not work."""

import logging

import pytest
from django.test import Client
from pytest_django import Settings

from lumira.kit.log_context import about
from orders.models import Order
from payments.gateway import CardRefused, GatewayError, gateway
from payments.gateway.calls import operation_of
from tests.api.calling import confirm, create, intent_of
from tests.factories.catalogue import make_expert
from tests.logs.conftest import Lines
from tests.payments.canned_stripe import CannedStripe
from tests.payments.canned_stripe import canned as canned  # a fixture
from tests.sandbox_process import SandboxProcess


def create_intent() -> None:
    gateway().create_intent(
        amount=7900, currency="eur", metadata={}, idempotency_key="oracle-lumira-x"
    )


def test_a_call_says_what_stripes_support_asks_for(
    sandbox: SandboxProcess, lines: Lines
) -> None:
    with about(order="LU261123-7K3MWQ"):
        create_intent()

    [line] = lines.read(logger="payments.gateway.calls")
    assert line["event"] == "Stripe POST payment_intents: ok"
    assert line["stripe_request"].startswith("req_")
    assert line["stripe_status"] == 200
    assert line["idempotency_key"] == "oracle-lumira-x"
    assert line["order"] == "LU261123-7K3MWQ"
    assert 0 <= line["duration_ms"] < 10_000
    assert "replayed" not in line


def test_a_repeat_that_stripe_answered_from_memory_says_so(
    sandbox: SandboxProcess, lines: Lines
) -> None:
    create_intent()
    create_intent()

    first, second = lines.read(logger="payments.gateway.calls")
    assert "replayed" not in first
    assert second["replayed"] == "yes"


def test_each_try_is_a_line(sandbox: SandboxProcess, lines: Lines) -> None:
    sandbox.fault("reset_before", route="POST /v1/payment_intents")

    create_intent()

    told = [line["event"] for line in lines.read(logger="payments.gateway.calls")]
    assert told == [
        "Stripe POST payment_intents: no_answer",
        "Stripe POST payment_intents: ok",
    ]


def test_no_answer_is_a_line_too(lines: Lines, settings: Settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    with pytest.raises(GatewayError):
        gateway().fetch_intent("pi_3MtwBwLkdIwHu7ix28a3tqPa")

    told = lines.read(logger="payments.gateway.calls")
    assert told
    assert {line["event"] for line in told} == {
        "Stripe GET payment_intents/…: no_answer"
    }
    assert {line["stripe_status"] for line in told} == {0}


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("payment_intents", "GET payment_intents"),
        ("payment_intents?limit=100&created[gte]=1", "GET payment_intents"),
        ("payment_intents/pi_3MtwBwLk/cancel", "GET payment_intents/…/cancel"),
        ("radar/early_fraud_warnings", "GET radar/early_fraud_warnings"),
        ("customers/cus_NffrFeUfNV2Hib", "GET customers/…"),
        ("invoices/in_1MtHbELkdIwHu7ixl4OzzPMv/pay", "GET invoices/…/pay"),
    ],
)
def test_an_operation_has_no_ids(path: str, operation: str) -> None:
    assert operation_of("get", f"https://api.stripe.com/v1/{path}") == operation


def test_a_refused_card_is_told_as_the_document_asks(
    canned: CannedStripe, lines: Lines
) -> None:
    error = {
        "type": "card_error",
        "code": "card_declined",
        "decline_code": "do_not_honor",
        "message": "What Stripe says of the person.",
    }
    canned.will_say(402, {"error": error})

    with pytest.raises(CardRefused), about(order="LU261123-7K3MWQ", user="7"):
        create_intent()

    [line] = lines.read(logger="payments.payment_errors")
    assert line["timestamp"]
    assert line["level"] == "warning"
    assert line["error"] == "CardError"
    assert line["type"] == "card_error"
    assert line["code"] == "card_declined"
    assert line["decline_code"] == "do_not_honor"
    assert (line["order"], line["user"]) == ("LU261123-7K3MWQ", "7")
    assert lines.grep("What Stripe says") == []


@pytest.mark.django_db
def test_a_card_that_the_browser_saw_refused_is_told_too(
    client: Client, sandbox: SandboxProcess, lines: Lines
) -> None:
    make_expert(slug="camille")
    made = create(client, {"productId": "premium"}, X_Request_Id="key-of-a-test")
    intent = intent_of(made)
    sandbox.pay(intent, card="4000000000009995")

    confirm(client, intent)

    [line] = lines.read(logger="payments.payment_errors")
    assert line["decline_code"] == "insufficient_funds"
    assert line["order"] == Order.objects.get().number
    assert line["correlation_id"] == made["X-Request-Id"]


def test_our_mistake_is_an_error(canned: CannedStripe, lines: Lines) -> None:
    canned.will_say(400, {"error": {"type": "invalid_request_error", "code": "weird"}})

    with pytest.raises(GatewayError):
        create_intent()

    [line] = lines.read(logger="payments.payment_errors")
    assert line["level"] == logging.getLevelName(logging.ERROR).lower()
    assert (line["type"], line["status"]) == ("invalid_request_error", 400)
