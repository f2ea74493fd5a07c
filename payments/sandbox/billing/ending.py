"""How a subscription ends: canceled now, at its time, for want of money, or never paid.

https://docs.stripe.com/billing/subscriptions/cancel
"""

from payments.sandbox import clock
from payments.sandbox.billing.collecting import attempt
from payments.sandbox.billing.cycle import draft_with
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_items import (
    add_invoice_item,
    pending_items,
    pending_prorations,
    remove_invoice_item,
)
from payments.sandbox.billing.invoice_object import subscription_id_of
from payments.sandbox.billing.invoicing import finalize, void
from payments.sandbox.billing.proration import credit_item
from payments.sandbox.billing.subscription_object import KIND, period_end_of
from payments.sandbox.billing.told import told
from payments.sandbox.machines.setups import OPEN as OPEN_SETUPS
from payments.sandbox.machines.setups import cancel_setup
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

ENDED = ("canceled", "incomplete_expired")
FIRST_PAYMENT_WITHIN_S = 23 * 3600


def cancel_now(subscription: Json, *, prorate: bool, invoice_now: bool) -> None:
    """Cancel because somebody asked. One that was never paid merely expires.

    `prorate` credits unused time; `invoice_now` settles that and all that waits.
    """
    if subscription["status"] == "incomplete":
        void_first_invoice(subscription)
        return
    if prorate and subscription["status"] not in ("trialing", "paused"):
        for item in subscription["items"]["data"]:
            credit = credit_item(subscription, item, clock.now())
            if credit["amount"]:
                add_invoice_item(credit)
    elif not invoice_now:
        for pending in pending_prorations(subscription["id"]):
            remove_invoice_item(pending)
    if invoice_now:
        _invoice_what_waits(subscription)
    end_subscription(subscription, reason="cancellation_requested", now=clock.now())


def end_subscription(subscription: Json, *, reason: str | None, now: int) -> None:
    """The end, whoever wanted it. Unpaid invoices are not collected any more."""
    subscription.update(status="canceled", ended_at=now, pause_collection=None)
    subscription.pop("status_details", None)
    subscription["canceled_at"] = subscription["canceled_at"] or now
    subscription["cancellation_details"]["reason"] = reason
    STORE.save(subscription)
    for invoice in invoices_of(subscription):
        if invoice["status"] in ("draft", "open") and invoice["auto_advance"]:
            with told("invoice.updated", invoice):
                invoice.update(
                    auto_advance=False,
                    automatically_finalizes_at=None,
                    next_payment_attempt=None,
                )
    _drop_setup(subscription)
    emit("customer.subscription.deleted", subscription)


def void_first_invoice(subscription: Json) -> None:
    """Nobody paid in time: the first invoice is void, and so is the subscription."""
    void(STORE.get("invoice", subscription["latest_invoice"]) or {})


def expire_incomplete(subscription: Json) -> None:
    """Told as an update, never as `deleted`, as measured on the real Stripe."""
    with told("customer.subscription.updated", subscription):
        now = clock.now()
        subscription.update(status="incomplete_expired", ended_at=now, canceled_at=now)
        _drop_setup(subscription)


def expire(subscription_id: str) -> None:
    """The timer behind the 23 hours. Paid meanwhile: nothing."""
    subscription = STORE.get(KIND, subscription_id)
    if subscription and subscription["status"] == "incomplete":
        with in_time_of(subscription):
            void_first_invoice(subscription)


def cancel_at_moment(subscription_id: str, moment: int) -> None:
    """The timer behind `cancel_at`. Another date meanwhile, or none: nothing."""
    subscription = STORE.get(KIND, subscription_id)
    if subscription is None or subscription["status"] in ENDED:
        return
    if subscription["cancel_at"] == moment < period_end_of(subscription):
        with in_time_of(subscription):
            end_subscription(subscription, reason="cancellation_requested", now=moment)


def customer_deleted(customer: Json) -> None:
    """A customer takes his subscriptions with him."""
    for subscription in STORE.all(KIND):
        is_his = subscription["customer"] == customer["id"]
        if is_his and subscription["status"] not in ENDED:
            with in_time_of(subscription):
                cancel_now(subscription, prorate=False, invoice_now=False)


def invoices_of(subscription: Json) -> list[Json]:
    return [
        invoice
        for invoice in STORE.all("invoice")
        if subscription_id_of(invoice) == subscription["id"]
    ]


def _invoice_what_waits(subscription: Json) -> None:
    waiting = pending_items(
        subscription["customer"], subscription["currency"], subscription["id"]
    )
    if waiting:
        invoice = draft_with(subscription, "subscription_update", [])
        finalize(invoice)
        if invoice["status"] == "open":
            attempt(invoice)


def _drop_setup(subscription: Json) -> None:
    setup = STORE.get("setup_intent", subscription["pending_setup_intent"] or "")
    subscription["pending_setup_intent"] = None
    if setup and setup["status"] in OPEN_SETUPS:
        cancel_setup(setup, None)
