"""What Stripe would say about one of our payments."""

from typing import Any

from payments.gateway import IntentSnapshot
from payments.models import Payment
from payments.status import FROM_STRIPE


def snapshot(payment: Payment, stripe_status: str, **changes: Any) -> IntentSnapshot:
    """The payment's own intent in this state, right in every other respect."""
    paid = stripe_status == "succeeded"
    return IntentSnapshot(
        **{
            "intent_id": payment.intent_id,
            "status": FROM_STRIPE[stripe_status],
            "stripe_status": stripe_status,
            "amount": payment.amount,
            "amount_received": payment.amount if paid else 0,
            "currency": payment.currency,
            "livemode": payment.livemode,
            "charge_id": "ch_1" if paid else "",
            "order_id": str(payment.order_id),
        }
        | changes
    )


def declined(payment: Payment, decline_code: str = "generic_decline") -> IntentSnapshot:
    """The intent after a refused card: it can be paid again."""
    return snapshot(
        payment,
        "requires_payment_method",
        status="failed",
        failure_code="card_declined",
        decline_code=decline_code,
    )
