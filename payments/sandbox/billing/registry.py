"""What billing plugs into the sandbox: endpoints, timers, expansions, listeners."""

from payments.sandbox.api.expand import Included
from payments.sandbox.api.lists import list_object, matching
from payments.sandbox.billing import (
    agenda,
    collecting,
    cycle,
    ending,
    pausing,
    preview,
    standing,
    subscribing,
    test_clocks,
    trials,
    turning,
)
from payments.sandbox.billing.ending import ENDED
from payments.sandbox.billing.invoice_payments import KIND as INVOICE_PAYMENT
from payments.sandbox.billing.invoice_payments import intent_of
from payments.sandbox.billing.left_methods import method_detached
from payments.sandbox.billing.resources import (
    customer_sessions,
    invoice_items,
    invoice_payments,
    invoices,
    prices,
    products,
    subscription_items,
    subscriptions,
)
from payments.sandbox.billing.resources import test_clocks as test_clock_calls
from payments.sandbox.billing.subscription_object import price_changed
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import listen


def confirmation_secret(invoice: Json) -> Json | None:
    """What a browser confirms an open invoice's intent with."""
    intent = intent_of(invoice)
    if intent is None:
        return None
    return {"client_secret": intent["client_secret"], "type": "payment_intent"}


def payments(invoice: Json) -> Json:
    found = matching(STORE.all(INVOICE_PAYMENT), invoice=invoice["id"])
    return list_object(found, url="/v1/invoice_payments")


def running_subscriptions(customer: Json) -> Json:
    found = [
        subscription
        for subscription in STORE.all("subscription")
        if subscription["customer"] == customer["id"]
        and subscription["status"] not in ENDED
    ]
    url = f"/v1/customers/{customer['id']}/subscriptions"
    return list_object(found[::-1], url=url)


ENDPOINTS = (
    *products.ENDPOINTS,
    *prices.ENDPOINTS,
    *subscriptions.ENDPOINTS,
    *subscription_items.ENDPOINTS,
    *invoices.ENDPOINTS,
    *invoice_items.ENDPOINTS,
    *invoice_payments.ENDPOINTS,
    *test_clock_calls.ENDPOINTS,
    *customer_sessions.ENDPOINTS,
)
INCLUDED: Included = {
    ("invoice", "confirmation_secret"): confirmation_secret,
    ("invoice", "payments"): payments,
    ("customer", "subscriptions"): running_subscriptions,
}

agenda.register(
    {
        "invoice.finalizes": cycle.finalize_draft,
        "invoice.retries": cycle.retry,
        "invoice.resumption_expires": pausing.expire_resumption,
        "invoice.upcoming": preview.announce_upcoming,
        "subscription.cancels": ending.cancel_at_moment,
        "subscription.collection_resumes": pausing.resume_collection,
        "subscription.expires": ending.expire,
        "subscription.period_ends": turning.end_period,
        "subscription.trial_will_end": trials.warn_of_end,
        "test_clock.steps": test_clocks.step,
    }
)
for event_type, listener in (
    ("payment_intent.succeeded", collecting.intent_succeeded),
    ("payment_intent.payment_failed", collecting.intent_failed),
    ("payment_intent.requires_action", collecting.intent_requires_action),
    ("payment_intent.processing", standing.intent_processing),
    ("setup_intent.succeeded", subscribing.setup_succeeded),
    ("invoice.paid", standing.invoice_paid),
    ("invoice.payment_failed", standing.invoice_failed),
    ("invoice.voided", standing.invoice_given_up),
    ("invoice.marked_uncollectible", standing.invoice_given_up),
    ("customer.deleted", ending.customer_deleted),
    ("payment_method.detached", method_detached),
    ("price.updated", price_changed),
):
    listen(event_type, listener)
