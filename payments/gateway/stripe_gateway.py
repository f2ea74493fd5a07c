"""Stripe, spoken in Stripe's words. Only this and `connection` import the SDK."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, cast
from urllib.parse import quote_plus

import stripe
from stripe.params import PaymentIntentCreateParams

from payments.gateway.base import (
    CardRefused,
    DisputeSnapshot,
    FraudWarningSnapshot,
    GatewayError,
    GatewayUnavailable,
    IntentSnapshot,
    InvalidWebhook,
    NotFound,
    RefundSnapshot,
    StoredFailure,
    WebhookEvent,
)
from payments.gateway.connection import Connection
from payments.gateway.errors_told import tell_of_problem
from payments.gateway.reading import (
    NOT_AN_EVENT,
    read_dispute,
    read_event,
    read_fraud_warning,
    read_intent,
    read_refund,
)
from payments.gateway.stripe_billing import StripeBilling
from payments.gateway.stripe_inspection import StripeInspection
from payments.payment_errors import log_payment_error

logger = logging.getLogger(__name__)

# These say nothing about what was asked for: no answer, our key, its rights, or the
# use that was made of an idempotency key.
NOT_AN_ANSWER = (
    stripe.APIConnectionError,
    stripe.RateLimitError,
    stripe.AuthenticationError,
    stripe.PermissionError,
    stripe.IdempotencyError,
)

stripe.enable_telemetry = False

# The SDK retries resets, timeouts, 409, 500, 502 and 503 with the same key, with
# a pause that doubles from half a second. Its own default is not to retry.
RETRIES = 3
# https://docs.stripe.com/webhooks#replay-attacks
TOLERANCE_S = 300
PAGE = 100
INTENTS = "/v1/payment_intents"


class StripeGateway:
    """A gateway with one key. Safe to share between threads."""

    def __init__(
        self, key: str, *, api_base: str = "", webhook_secrets: tuple[str, ...] = ()
    ) -> None:
        self._secrets = webhook_secrets
        client = stripe.StripeClient(
            key,
            base_addresses={"api": api_base} if api_base else {},
            max_network_retries=RETRIES,
            http_client=Connection(api_base or stripe.DEFAULT_API_BASE),
        )
        self._client, self._api = client, client.v1
        self.billing = StripeBilling(client.v1, _our_errors)
        self.inspection = StripeInspection(
            client.v1, partial(_our_errors, tell=False), api_version=stripe.api_version
        )

    def create_intent(
        self,
        *,
        amount: int,
        currency: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
        customer_id: str = "",
    ) -> IntentSnapshot:
        wanted: PaymentIntentCreateParams = {
            "amount": amount,
            "currency": currency,
            "automatic_payment_methods": {"enabled": True},
            # A repeat says it in the same order; PostgreSQL's JSON does not keep one.
            "metadata": dict(sorted(metadata.items())),
        }
        if customer_id:
            wanted["customer"] = customer_id
        with _our_errors():
            intent = self._json_of(
                "post", INTENTS, **wanted, idempotency_key=idempotency_key
            )
            return read_intent(intent)

    def fetch_intent(self, intent_id: str) -> IntentSnapshot:
        with _our_errors():
            return read_intent(
                self._json_of("get", f"{INTENTS}/{quote_plus(intent_id)}")
            )

    def _json_of(self, method: str, path: str, **asked: Any) -> Mapping[str, Any]:
        """The answer to a call that a payer waits for, as Stripe wrote it.

        The SDK's objects, which would be made JSON again, cost a quarter of the call.
        """
        answer = self._client.raw_request(method, path, **asked)
        return cast(Mapping[str, Any], answer.data)

    def cancel_intent(self, intent_id: str, *, idempotency_key: str) -> IntentSnapshot:
        with _our_errors():
            intent = self._api.payment_intents.cancel(
                intent_id,
                {"cancellation_reason": "abandoned"},
                {"idempotency_key": idempotency_key},
            )
            return read_intent(intent.to_dict())

    def intents_since(self, moment: datetime) -> Iterator[IntentSnapshot]:
        with _our_errors():
            page = self._api.payment_intents.list(
                {"created": {"gte": int(moment.timestamp())}, "limit": PAGE}
            )
            for intent in page.auto_paging_iter():
                yield read_intent(intent.to_dict())

    def create_refund(
        self,
        *,
        intent_id: str,
        amount: int,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> RefundSnapshot:
        with _our_errors():
            refund = self._api.refunds.create(
                {
                    "payment_intent": intent_id,
                    "amount": amount,
                    "metadata": dict(sorted(metadata.items())),
                },
                {"idempotency_key": idempotency_key},
            )
            return read_refund(refund.to_dict())

    def fetch_refund(self, refund_id: str) -> RefundSnapshot:
        with _our_errors():
            refund = self._api.refunds.retrieve(refund_id)
            return read_refund(refund.to_dict())

    def refunds_of(self, intent_id: str) -> Iterator[RefundSnapshot]:
        with _our_errors():
            page = self._api.refunds.list({"payment_intent": intent_id, "limit": PAGE})
            for refund in page.auto_paging_iter():
                yield read_refund(refund.to_dict())

    def refunds_since(self, moment: datetime) -> Iterator[RefundSnapshot]:
        with _our_errors():
            page = self._api.refunds.list(
                {"created": {"gte": int(moment.timestamp())}, "limit": PAGE}
            )
            for refund in page.auto_paging_iter():
                yield read_refund(refund.to_dict())

    def fetch_dispute(self, dispute_id: str) -> DisputeSnapshot:
        with _our_errors():
            dispute = self._api.disputes.retrieve(dispute_id)
            return read_dispute(dispute.to_dict())

    def disputes_since(self, moment: datetime) -> Iterator[DisputeSnapshot]:
        with _our_errors():
            page = self._api.disputes.list(
                {"created": {"gte": int(moment.timestamp())}, "limit": PAGE}
            )
            for dispute in page.auto_paging_iter():
                yield read_dispute(dispute.to_dict())

    def fraud_warnings_since(self, moment: datetime) -> Iterator[FraudWarningSnapshot]:
        with _our_errors():
            page = self._api.radar.early_fraud_warnings.list(
                {"created": {"gte": int(moment.timestamp())}, "limit": PAGE}
            )
            for warning in page.auto_paging_iter():
                yield read_fraud_warning(warning.to_dict())

    def fetch_event(self, event_id: str) -> WebhookEvent:
        with _our_errors():
            event = self._api.events.retrieve(event_id)
            return read_event(event.to_dict())

    def undelivered_events(self, since: datetime) -> Iterator[WebhookEvent]:
        with _our_errors():
            page = self._api.events.list(
                {
                    "created": {"gte": int(since.timestamp())},
                    "delivery_success": False,
                    "limit": PAGE,
                }
            )
            for event in page.auto_paging_iter():
                yield read_event(event.to_dict())

    def read_webhook(self, body: bytes, signature: str) -> WebhookEvent:
        if not any(_is_signed(body, signature, secret) for secret in self._secrets):
            raise InvalidWebhook("No secret of ours made this signature.")
        # Building the SDK's own Event objects costs far more than reading JSON.
        try:
            return read_event(json.loads(body))
        except NOT_AN_EVENT as error:
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
def _our_errors(*, tell: bool = True) -> Iterator[None]:
    """Turn the SDK's exceptions into ours. Logs what Stripe's support will ask for.

    With `tell`, whoever wants to know of Stripe's own errors hears of them.
    """
    try:
        yield
    except stripe.CardError as error:
        detail = _error_body(error)
        _log(error)
        raise CardRefused(
            str(detail.get("code") or "card_declined"),
            str(detail.get("decline_code") or ""),
        ) from error
    except stripe.StripeError as error:
        code = str(_error_body(error).get("code") or "")
        _log(error)
        status = error.http_status or 0
        if tell and _is_a_problem(error, code):
            tell_of_problem(type(error).__name__, code, status, error.request_id)
        if code == "resource_missing":
            raise NotFound(code, code) from error
        if status >= 500 and (error.headers or {}).get("Idempotent-Replayed"):
            raise StoredFailure(type(error).__name__, code) from error
        if isinstance(error, NOT_AN_ANSWER) or status >= 500 or status == 409:
            raise GatewayUnavailable(type(error).__name__, code) from error
        raise GatewayError(f"{type(error).__name__} {code}".strip(), code) from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        # A success that is not the object asked for: a proxy's page, or a state
        # that this version of ours does not know.
        logger.error("Stripe's answer cannot be read: %s", type(error).__name__)
        if tell:
            tell_of_problem("UnreadableAnswer")
        raise GatewayUnavailable("unreadable answer") from error


def _is_a_problem(error: stripe.StripeError, code: str) -> bool:
    """Stripe's trouble, our key's, or a request of ours that makes no sense.

    "Too late", "already refunded" and the like are answers: their code says so.
    """
    if isinstance(error, NOT_AN_ANSWER) or (error.http_status or 0) >= 500:
        return True
    return not code or code.startswith(("parameter_", "url_", "amount_"))


def _log(error: stripe.StripeError) -> None:
    facts = {"status": error.http_status, "stripe_request": error.request_id}
    log_payment_error(type(error).__name__, _error_body(error), **facts)


def _error_body(error: stripe.StripeError) -> Mapping[str, Any]:
    body = error.json_body
    detail = body.get("error") if isinstance(body, dict) else None
    return detail if isinstance(detail, dict) else {}
