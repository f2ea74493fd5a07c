"""Stripe's JSON, read into our own words. Shapes: API version 2026-10-28.endive."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from payments.gateway.base import (
    DisputeSnapshot,
    FraudWarningSnapshot,
    IntentSnapshot,
    RefundSnapshot,
    WebhookEvent,
)
from payments.status import FROM_STRIPE, DisputeStatus, PaymentStatus, RefundStatus

Json = Mapping[str, Any]
# What reading a signed body as an event can end in (the last: brackets in brackets).
NOT_AN_EVENT = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def read_intent(intent: Json) -> IntentSnapshot:
    error = intent.get("last_payment_error") or {}
    stripe_status = intent["status"]
    status = FROM_STRIPE[stripe_status]
    if stripe_status == "requires_payment_method" and error:
        status = PaymentStatus.FAILED
    return IntentSnapshot(
        intent_id=intent["id"],
        status=status,
        stripe_status=stripe_status,
        amount=intent["amount"],
        amount_received=intent.get("amount_received") or 0,
        currency=intent["currency"],
        livemode=intent["livemode"],
        client_secret=intent.get("client_secret") or "",
        charge_id=id_of(intent.get("latest_charge")),
        failure_code=error.get("code") or error.get("type") or "",
        decline_code=error.get("decline_code") or "",
        order_id=(intent.get("metadata") or {}).get("orderId", ""),
    )


def read_refund(refund: Json) -> RefundSnapshot:
    return RefundSnapshot(
        refund_id=refund["id"],
        intent_id=id_of(refund.get("payment_intent")),
        status=RefundStatus(refund["status"] or "pending"),
        amount=refund["amount"],
        currency=refund["currency"],
        created_at=moment_of(refund["created"]),
        failure_reason=refund.get("failure_reason") or "",
        our_id=(refund.get("metadata") or {}).get("refundId", ""),
    )


def read_dispute(dispute: Json) -> DisputeSnapshot:
    due_by = (dispute.get("evidence_details") or {}).get("due_by")
    # Each withdrawal and reinstatement is a balance transaction; their sum says
    # whether the money is gone now.
    balance = sum(row["amount"] for row in dispute.get("balance_transactions") or [])
    return DisputeSnapshot(
        dispute_id=dispute["id"],
        intent_id=id_of(dispute.get("payment_intent")),
        status=DisputeStatus(dispute["status"]),
        amount=dispute["amount"],
        currency=dispute["currency"],
        reason=dispute["reason"],
        created_at=moment_of(dispute["created"]),
        due_by=moment_of(due_by) if due_by else None,
        funds_withdrawn=balance < 0,
    )


def read_fraud_warning(warning: Json) -> FraudWarningSnapshot:
    return FraudWarningSnapshot(
        warning_id=warning["id"],
        intent_id=id_of(warning.get("payment_intent")),
        fraud_type=warning["fraud_type"],
        actionable=bool(warning["actionable"]),
        created_at=moment_of(warning["created"]),
    )


def read_event(event: Json) -> WebhookEvent:
    """Raises one of NOT_AN_EVENT for what is none."""
    version, about = event.get("api_version"), dict(event["data"]["object"])
    if about.get("id"):
        _name(about["id"])
    return WebhookEvent(
        event_id=_name(event["id"]),
        type=_name(event["type"]),
        livemode=_flag(event["livemode"]),
        api_version=_name(version) if version else "",
        object=about,
        created_at=_moment_if_any(event.get("created")),
    )


def _name(text: Any) -> str:
    """As every engine's ledger can keep it, and one line of the log can say it."""
    if not isinstance(text, str) or not 0 < len(text) <= 255:
        raise TypeError("Not a name.")
    if not (text.isascii() and text.isprintable()):
        raise ValueError("Not a name of Stripe's.")
    return text


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("Neither true nor false.")
    return value


def id_of(expandable: Any) -> str:
    """The id, whether Stripe sent it alone or with the whole object."""
    return str(expandable["id"] if isinstance(expandable, dict) else expandable or "")


def moment_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _moment_if_any(seconds: Any) -> datetime | None:
    """None for what is no moment: an event is not refused for that."""
    is_moment = isinstance(seconds, int) and 0 < seconds < 2**32
    return moment_of(seconds) if is_moment else None
