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
    """Raises KeyError, TypeError or AttributeError for what is not an event."""
    return WebhookEvent(
        event_id=str(event["id"]),
        type=str(event["type"]),
        livemode=bool(event["livemode"]),
        api_version=str(event.get("api_version") or ""),
        object=dict(event["data"]["object"]),
    )


def id_of(expandable: Any) -> str:
    """The id, whether Stripe sent it alone or with the whole object."""
    return str(expandable["id"] if isinstance(expandable, dict) else expandable or "")


def moment_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
