"""Stripe, spoken in Stripe's words. The only module that imports the SDK."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import stripe

from payments.gateway.base import (
    CardRefused,
    GatewayError,
    GatewayUnavailable,
    IntentSnapshot,
    InvalidWebhook,
    NotFound,
    WebhookEvent,
)
from payments.status import FROM_STRIPE, PaymentStatus

logger = logging.getLogger(__name__)

stripe.enable_telemetry = False

# The SDK retries resets, timeouts, 409, 500, 502 and 503 with the same key, with
# a pause that doubles from half a second. Its own default is not to retry.
RETRIES = 3
CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 3.0, 10.0
# https://docs.stripe.com/webhooks#replay-attacks
TOLERANCE_S = 300


class StripeGateway:
    """A gateway with one key. Safe to share between threads."""

    def __init__(
        self, key: str, *, api_base: str = "", webhook_secrets: tuple[str, ...] = ()
    ) -> None:
        self._secrets = webhook_secrets
        self._client = stripe.StripeClient(
            key,
            base_addresses={"api": api_base} if api_base else {},
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(
                timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S)
            ),
        )

    def create_intent(
        self,
        *,
        amount: int,
        currency: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> IntentSnapshot:
        with _our_errors():
            intent = self._client.v1.payment_intents.create(
                {
                    "amount": amount,
                    "currency": currency,
                    "automatic_payment_methods": {"enabled": True},
                    "metadata": dict(metadata),
                },
                {"idempotency_key": idempotency_key},
            )
            return self.intent_of(intent.to_dict())

    def fetch_intent(self, intent_id: str) -> IntentSnapshot:
        with _our_errors():
            intent = self._client.v1.payment_intents.retrieve(intent_id)
            return self.intent_of(intent.to_dict())

    def intent_of(self, stripe_object: Mapping[str, Any]) -> IntentSnapshot:
        error = stripe_object.get("last_payment_error") or {}
        stripe_status = stripe_object["status"]
        status = FROM_STRIPE[stripe_status]
        if stripe_status == "requires_payment_method" and error:
            status = PaymentStatus.FAILED
        charge = stripe_object.get("latest_charge") or ""
        return IntentSnapshot(
            intent_id=stripe_object["id"],
            status=status,
            stripe_status=stripe_status,
            amount=stripe_object["amount"],
            amount_received=stripe_object.get("amount_received") or 0,
            currency=stripe_object["currency"],
            livemode=stripe_object["livemode"],
            client_secret=stripe_object.get("client_secret") or "",
            charge_id=charge if isinstance(charge, str) else charge["id"],
            failure_code=error.get("code") or error.get("type") or "",
            decline_code=error.get("decline_code") or "",
            order_id=(stripe_object.get("metadata") or {}).get("orderId", ""),
        )

    def read_webhook(self, body: bytes, signature: str) -> WebhookEvent:
        if not any(_is_signed(body, signature, secret) for secret in self._secrets):
            raise InvalidWebhook("No secret of ours made this signature.")
        # Building the SDK's own Event objects costs far more than reading JSON.
        try:
            event = json.loads(body)
            return WebhookEvent(
                event_id=str(event["id"]),
                type=str(event["type"]),
                livemode=bool(event["livemode"]),
                api_version=str(event.get("api_version") or ""),
                object=dict(event["data"]["object"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidWebhook("Signed, but not an event.") from error


def _is_signed(body: bytes, signature: str, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(
            body.decode(), signature, secret, TOLERANCE_S
        )
    except (stripe.SignatureVerificationError, ValueError, TypeError):
        # Hostile headers and bytes end in all three (UnicodeDecodeError is a
        # ValueError); none of them is Stripe.
        return False
    return True


@contextmanager
def _our_errors() -> Iterator[None]:
    """Turn the SDK's exceptions into ours. Logs what Stripe's support will ask for."""
    try:
        yield
    except stripe.CardError as error:
        detail = _error_body(error)
        raise CardRefused(
            str(detail.get("code") or "card_declined"),
            str(detail.get("decline_code") or ""),
        ) from error
    except stripe.StripeError as error:
        code = _error_body(error).get("code")
        logger.error(
            "Stripe refused: %s status=%s code=%s request=%s",
            type(error).__name__,
            error.http_status,
            code,
            error.request_id,
        )
        if code == "resource_missing":
            raise NotFound(str(code)) from error
        no_answer = isinstance(
            error, (stripe.APIConnectionError, stripe.RateLimitError)
        )
        if no_answer or (error.http_status or 0) >= 500 or error.http_status == 409:
            raise GatewayUnavailable(type(error).__name__) from error
        raise GatewayError(f"{type(error).__name__} {code or ''}".strip()) from error


def _error_body(error: stripe.StripeError) -> Mapping[str, Any]:
    body = error.json_body
    detail = body.get("error") if isinstance(body, dict) else None
    return detail if isinstance(detail, dict) else {}
