"""Events as Stripe posts them, signed here without its SDK."""

import hashlib
import hmac
import itertools
import json
import time
from typing import Any

from django.test import Client

from payments.models import Payment
from tests.lumira.answer import Answer

WEBHOOK = "/api/payments/webhook"
SECRET = "whsec_tests"
_numbers = itertools.count(1)


def intent_object(payment: Payment, **changes: Any) -> dict[str, Any]:
    """The PaymentIntent of a payment as Stripe has it: paid, unless changed."""
    status = changes.get("status", "succeeded")
    whole: dict[str, Any] = {
        "id": payment.intent_id,
        "object": "payment_intent",
        "amount": payment.amount,
        "amount_received": payment.amount if status == "succeeded" else 0,
        "client_secret": f"{payment.intent_id}_secret_x",
        "currency": payment.currency,
        "last_payment_error": None,
        "latest_charge": "ch_1" if status == "succeeded" else None,
        "livemode": payment.livemode,
        "metadata": {"orderId": str(payment.order_id), "service": "premium"},
        "status": status,
    }
    return whole | changes


def event(kind: str, about: dict[str, Any], **changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "id": f"evt_{next(_numbers):024d}",
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": int(time.time()),
        "data": {"object": about},
        "livemode": about.get("livemode", False),
        "pending_webhooks": 1,
        "request": None,
        "type": kind,
    }
    return whole | changes


def succeeded(payment: Payment, **changes: Any) -> dict[str, Any]:
    """The event that says: paid. `changes` are those of the intent."""
    return event("payment_intent.succeeded", intent_object(payment, **changes))


def canceled(payment: Payment) -> dict[str, Any]:
    return event("payment_intent.canceled", intent_object(payment, status="canceled"))


def signature(
    body: bytes, *, secret: str = SECRET, age_s: float = 0, scheme: str = "v1"
) -> str:
    """The header. https://docs.stripe.com/webhooks/signature"""
    moment = int(time.time() - age_s)
    mark = hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256)
    return f"t={moment},{scheme}={mark.hexdigest()}"


def post_raw(client: Client, body: bytes, header: str | None) -> Answer:
    headers = {} if header is None else {"Stripe-Signature": header}
    return client.post(
        WEBHOOK, body, content_type="application/json; charset=utf-8", headers=headers
    )


def deliver(client: Client, happened: dict[str, Any]) -> Answer:
    """Post an event, rightly signed."""
    body = json.dumps(happened).encode()
    return post_raw(client, body, signature(body))
