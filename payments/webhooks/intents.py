"""What events about PaymentIntents make us do.

https://docs.stripe.com/webhooks#event-ordering: no order, and duplicates happen.
"""

from payments.actions.settlement import apply_intent
from payments.alerts import raise_alert
from payments.defence.declines import tell_of_decline
from payments.find_payment import order_named_by
from payments.gateway import IntentSnapshot, WebhookEvent, gateway, read_intent
from payments.models import Payment
from payments.status import PaymentStatus
from payments.webhooks.registry import Change, Outcome, on
from payments.webhooks.whose import payment_of, payment_with


@on("payment_intent.succeeded", "payment_intent.canceled")
def apply_fact(event: WebhookEvent) -> Change:
    """Conclusive: these do not change any more, so the event itself is the fact."""
    intent = read_intent(event.object)
    # Before the transaction, because SQLite has one writer. A second run of it reads
    # the payment anew.
    found = [payment_with(intent.intent_id)]
    return lambda: _apply(intent, found.pop() if found else None)


@on(
    "payment_intent.processing",
    "payment_intent.requires_action",
)
def look_and_apply(event: WebhookEvent) -> Change:
    """Inconclusive: may be old news, so Stripe is asked how the intent stands now."""
    if payment_of(read_intent(event.object)) is None:
        return lambda: Outcome.FOREIGN
    intent = gateway().fetch_intent(event.object_id)
    return lambda: _apply(intent)


@on("payment_intent.payment_failed")
def look_and_count(event: WebhookEvent) -> Change:
    """The same; and a refused card is one, however the intent stands by now."""
    apply_it = look_and_apply(event)

    def change() -> Outcome:
        outcome = apply_it()
        if payment := payment_of(read_intent(event.object)):
            tell_of_decline(payment, event_id=event.event_id)
        return outcome

    return change


def _apply(intent: IntentSnapshot, just_read: Payment | None = None) -> Outcome:
    payment = just_read or payment_of(intent)
    if payment is None:
        return _not_ours(intent)
    applied = apply_intent(payment, intent, by="stripe", just_read=True)
    return Outcome.APPLIED if applied else Outcome.REFUSED


def _not_ours(intent: IntentSnapshot) -> Outcome:
    """Another product's, as a rule; but money that names an order of ours is odd."""
    order = order_named_by(intent)
    if order is None or intent.status != PaymentStatus.COMPLETED:
        return Outcome.FOREIGN
    raise_alert(
        "stray_money", about=intent.intent_id, order_id=order.pk, order=order.number
    )
    return Outcome.REFUSED
