"""What events about subscriptions and invoices make us do.

All are inconclusive: a reason to read the object from Stripe, whose state now is the
truth, whatever the order of events.
"""

from payments.alerts import raise_alert
from payments.gateway import (
    WebhookEvent,
    gateway,
    prices_named_by,
    subscription_named_by,
)
from payments.status import GOING_ON
from payments.subscriptions.apply_subscription import apply_subscription
from payments.subscriptions.find import is_our_price
from payments.subscriptions.look import invoice_change
from payments.webhooks.registry import Change, Outcome, on
from payments.webhooks.whose import subscription_of


@on(
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
    "customer.subscription.trial_will_end",
)
def look_at_the_subscription(event: WebhookEvent) -> Change:
    subscription = subscription_of(*subscription_named_by(event.object))
    if subscription is None:
        return lambda: _not_ours(event)
    told = gateway().billing.fetch_subscription(event.object_id)

    def change() -> Outcome:
        applied = apply_subscription(subscription, told, by="stripe")
        return Outcome.APPLIED if applied else Outcome.REFUSED

    return change


def _not_ours(event: WebhookEvent) -> Outcome:
    """Another product's, as a rule; but one that sells a price of ours is odd.

    Made by hand in the dashboard: its periods would be paid, and make no order.
    """
    is_going_on = event.object.get("status") in GOING_ON
    if not is_going_on or not is_our_price(prices_named_by(event.object)):
        return Outcome.FOREIGN
    raise_alert("stray_subscription", about=event.object_id)
    return Outcome.REFUSED


@on(
    "invoice.paid",
    "invoice.payment_failed",
    "invoice.payment_action_required",
    "invoice.voided",
    "invoice.marked_uncollectible",
)
def look_at_the_invoice(event: WebhookEvent) -> Change:
    subscription = subscription_of(*subscription_named_by(event.object))
    if subscription is None:
        return lambda: Outcome.FOREIGN
    apply = invoice_change(subscription, event.object_id, by="stripe")

    def change() -> Outcome:
        apply()
        return Outcome.APPLIED

    return change


@on("invoice.finalization_failed")
def tell_that_it_stays_a_draft(event: WebhookEvent) -> Change:
    """Stripe cannot bill this period; a person must see why in its dashboard."""
    subscription = subscription_of(*subscription_named_by(event.object))
    if subscription is None:
        return lambda: Outcome.FOREIGN

    def change() -> Outcome:
        raise_alert(
            "invoice_not_final",
            about=event.object_id,
            order=subscription.order_number,
        )
        return Outcome.APPLIED

    return change
