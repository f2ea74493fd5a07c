"""What events about disputes and fraud warnings make us do."""

from payments.actions.disputes import apply_dispute, apply_fraud_warning
from payments.gateway import WebhookEvent, gateway, read_fraud_warning
from payments.webhooks.registry import Change, Outcome, on
from payments.webhooks.whose import payment_with


@on(
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
def look_at_dispute(event: WebhookEvent) -> Change:
    """Any of them may be old news: Stripe is asked how the dispute stands now."""
    if payment_with(str(event.object.get("payment_intent") or "")) is None:
        return lambda: Outcome.FOREIGN
    dispute = gateway().fetch_dispute(event.object_id)

    def change() -> Outcome:
        payment = payment_with(dispute.intent_id)
        if payment is None:
            return Outcome.FOREIGN
        apply_dispute(payment, dispute, by="stripe")
        return Outcome.APPLIED

    return change


@on("radar.early_fraud_warning.created")
def apply_warning(event: WebhookEvent) -> Change:
    warning = read_fraud_warning(event.object)

    def change() -> Outcome:
        payment = payment_with(warning.intent_id)
        if payment is None:
            return Outcome.FOREIGN
        apply_fraud_warning(payment, warning, by="stripe")
        return Outcome.APPLIED

    return change
