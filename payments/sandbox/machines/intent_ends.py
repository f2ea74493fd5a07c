"""What a merchant does with an intent: capture it or give it up."""

from payments.sandbox import clock
from payments.sandbox.errors import refused
from payments.sandbox.machines import charging
from payments.sandbox.machines.intent_object import KIND
from payments.sandbox.machines.intent_outcomes import is_async, succeed
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

CANCELABLE = (
    "requires_payment_method",
    "requires_capture",
    "requires_confirmation",
    "requires_action",
)


def capture(intent: Json, amount: int | None) -> None:
    """Take what was authorized, or less; the rest is let go."""
    if intent["status"] != "requires_capture":
        raise refused(
            "This PaymentIntent could not be captured because it has a status of "
            f"{intent['status']}. Only a PaymentIntent with one of the following "
            "statuses may be captured: requires_capture.",
            code="payment_intent_unexpected_state",
            payment_intent=intent,
        )
    amount = intent["amount_capturable"] if amount is None else amount
    if amount > intent["amount_capturable"]:
        raise refused(
            "The requested capture amount is greater than the amount you can capture "
            "for this charge.",
            code="amount_too_large",
            param="amount_to_capture",
        )
    charge = STORE.get("charge", intent["latest_charge"]) or {}
    charging.capture_charge(charge, amount, fee_later=is_async(intent))
    succeed(intent, charge)


def cancel(intent: Json, reason: str | None) -> None:
    """Give the intent up, from the states Stripe allows."""
    if intent["status"] not in CANCELABLE:
        raise refused(
            "You cannot cancel this PaymentIntent because it has a status of "
            f"{intent['status']}. Only a PaymentIntent with one of the following "
            f"statuses may be canceled: {', '.join(CANCELABLE)}.",
            code="payment_intent_unexpected_state",
            payment_intent=intent,
        )
    if intent["status"] == "requires_capture":
        charging.release_charge(STORE.get("charge", intent["latest_charge"]) or {})
    intent.update(
        status="canceled",
        canceled_at=clock.now(),
        cancellation_reason=reason,
        amount_capturable=0,
        next_action=None,
    )
    STORE.save(intent)
    emit("payment_intent.canceled", intent)


def expire_capture(intent_id: str) -> None:
    """Nobody captured in time: the authorization lapses. Otherwise nothing."""
    intent = STORE.get(KIND, intent_id)
    if intent and intent["status"] == "requires_capture":
        charge = STORE.get("charge", intent["latest_charge"]) or {}
        emit("charge.expired", charge)
        cancel(intent, "automatic")
