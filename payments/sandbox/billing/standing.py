"""What becomes of a subscription when its invoice is paid, fails or is given up.

https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses
"""

from payments.sandbox import clock
from payments.sandbox.billing import dunning
from payments.sandbox.billing.ending import end_subscription, expire_incomplete
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_object import behind, subscription_id_of
from payments.sandbox.billing.invoice_payments import intent_of, invoice_of
from payments.sandbox.billing.settings import billing_settings
from payments.sandbox.billing.told import told
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

UPDATED = "customer.subscription.updated"


def invoice_paid(invoice: Json) -> None:
    subscription = _subscription_of(invoice)
    if subscription is None:
        return
    with told(UPDATED, subscription):
        _keep_method(subscription, invoice)
        if subscription["status"] == "incomplete":
            subscription["status"] = "active"
        elif subscription["latest_invoice"] == invoice["id"]:
            _recover(subscription, invoice)


def invoice_failed(invoice: Json) -> None:
    subscription = _subscription_of(invoice)
    if subscription is None:
        return
    if dunning.is_exhausted(invoice):
        _give_up(subscription)
    elif subscription["status"] in ("active", "trialing"):
        with told(UPDATED, subscription):
            subscription["status"] = "past_due"
    elif subscription["status"] == "paused" and behind(invoice).get("resumes") == "try":
        _resumed(subscription, "past_due")


def invoice_given_up(invoice: Json) -> None:
    """Voided, or marked uncollectible: the subscription goes on without that money."""
    subscription = _subscription_of(invoice)
    if subscription is None or subscription["latest_invoice"] != invoice["id"]:
        return
    if subscription["status"] == "incomplete":
        expire_incomplete(subscription)
    elif subscription["status"] != "paused" or invoice["status"] == "uncollectible":
        with told(UPDATED, subscription):
            _recover(subscription, invoice)


def intent_processing(intent: Json) -> None:
    """A debit that takes days: Stripe trusts it for the first invoice."""
    invoice = invoice_of(intent)
    subscription = _subscription_of(invoice) if invoice else None
    if subscription and subscription["status"] == "incomplete":
        with in_time_of(subscription), told(UPDATED, subscription):
            subscription["status"] = "active"


def _recover(subscription: Json, invoice: Json) -> None:
    if subscription["status"] in ("past_due", "unpaid"):
        subscription["status"] = "active"
    elif subscription["status"] == "paused" and behind(invoice).get("resumes"):
        _resumed(subscription, "active")


def _resumed(subscription: Json, status: str) -> None:
    with told(UPDATED, subscription):
        subscription["status"] = status
        subscription.pop("status_details", None)
    emit("customer.subscription.resumed", subscription)


def _give_up(subscription: Json) -> None:
    after = billing_settings().after_retries
    if subscription["status"] in ("canceled", "incomplete_expired"):
        return
    if after == "cancel":
        end_subscription(subscription, reason="payment_failed", now=clock.now())
    elif subscription["status"] != after:
        with told(UPDATED, subscription):
            subscription["status"] = after


def _keep_method(subscription: Json, invoice: Json) -> None:
    """`save_default_payment_method`: what paid now pays from now on."""
    asked = subscription["payment_settings"]["save_default_payment_method"]
    intent = intent_of(invoice)
    if asked != "on_subscription" or intent is None:
        return
    method = STORE.get("payment_method", intent["payment_method"] or "")
    if method and method["customer"] == subscription["customer"]:
        subscription["default_payment_method"] = method["id"]


def _subscription_of(invoice: Json) -> Json | None:
    return STORE.get("subscription", subscription_id_of(invoice) or "")
