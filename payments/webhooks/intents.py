"""What events about PaymentIntents make us do.

https://docs.stripe.com/webhooks#event-ordering: no order, and duplicates happen.
"""

from uuid import UUID

from payments.actions.settlement import apply_intent
from payments.gateway import IntentSnapshot, WebhookEvent, gateway
from payments.models import Payment
from payments.status import OPEN
from payments.webhooks.registry import Change, Outcome, on


@on("payment_intent.succeeded", "payment_intent.canceled")
def apply_fact(event: WebhookEvent) -> Change:
    """Conclusive: these do not change any more, so the event itself is the fact."""
    intent = gateway().intent_of(event.object)
    return lambda: _apply(intent)


@on(
    "payment_intent.processing",
    "payment_intent.payment_failed",
    "payment_intent.requires_action",
)
def look_and_apply(event: WebhookEvent) -> Change:
    """Inconclusive: may be old news, so Stripe is asked how the intent stands now."""
    if _payment_of(gateway().intent_of(event.object)) is None:
        return lambda: Outcome.FOREIGN
    intent = gateway().fetch_intent(event.object_id)
    return lambda: _apply(intent)


def _apply(intent: IntentSnapshot) -> Outcome:
    payment = _payment_of(intent)
    if payment is None:
        return Outcome.FOREIGN
    if payment.intent_id is None:
        payment.remember_intent(intent.intent_id)
    applied = apply_intent(payment, intent, by="stripe")
    return Outcome.APPLIED if applied else Outcome.REFUSED


def _payment_of(intent: IntentSnapshot) -> Payment | None:
    """Our row for this intent; None if it is another product's.

    The event may be faster than the answer that told us the intent's id, or that
    answer was lost: then the order's id in the metadata leads to the open payment.
    """
    if payment := Payment.objects.filter(intent_id=intent.intent_id).first():
        return payment
    try:
        order_id = UUID(intent.order_id)
    except ValueError:
        return None
    unanswered = Payment.objects.filter(
        order_id=order_id, intent_id=None, status__in=OPEN
    )
    return unanswered.first()
