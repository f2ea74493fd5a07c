"""What events about refunds make us do, our own and the dashboard's."""

from payments.actions.refund_ledger import apply_refund
from payments.gateway import RefundSnapshot, WebhookEvent, gateway, read_refund
from payments.status import CONCLUSIVE_REFUND
from payments.webhooks.registry import Change, Outcome, on
from payments.webhooks.whose import payment_with


@on("refund.created", "refund.updated", "refund.failed")
def apply_refund_event(event: WebhookEvent) -> Change:
    """A refund's end is a fact. Anything else is a reason to ask how it stands."""
    refund = read_refund(event.object)
    if payment_with(refund.intent_id) is None:
        return lambda: Outcome.FOREIGN
    if refund.status not in CONCLUSIVE_REFUND:
        refund = gateway().fetch_refund(refund.refund_id)
    return lambda: _apply([refund])


@on("charge.refunded")
def look_at_refunds(event: WebhookEvent) -> Change:
    """Says that there are refunds, not which: Stripe is asked for them."""
    intent_id = str(event.object.get("payment_intent") or "")
    if payment_with(intent_id) is None:
        return lambda: Outcome.FOREIGN
    refunds = list(gateway().refunds_of(intent_id))
    return lambda: _apply(refunds)


def _apply(refunds: list[RefundSnapshot]) -> Outcome:
    for refund in refunds:
        payment = payment_with(refund.intent_id)
        if payment is None:
            return Outcome.FOREIGN
        apply_refund(payment, refund, by="stripe")
    return Outcome.APPLIED
