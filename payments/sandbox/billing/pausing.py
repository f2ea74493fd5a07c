"""Two pauses: of collecting, which leaves the status alone, and of the subscription.

https://docs.stripe.com/billing/subscriptions/pause-payment and /pause
"""

from payments.sandbox import clock
from payments.sandbox.billing import agenda
from payments.sandbox.billing.collecting import attempt
from payments.sandbox.billing.cycle import draft_for_period, draft_with, plan_period
from payments.sandbox.billing.ending import FIRST_PAYMENT_WITHIN_S
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_items import add_invoice_item
from payments.sandbox.billing.invoice_object import remember
from payments.sandbox.billing.invoicing import finalize, void
from payments.sandbox.billing.proration import credit_item
from payments.sandbox.billing.subscription_object import (
    KIND,
    period_start_of,
    set_period,
)
from payments.sandbox.billing.told import told
from payments.sandbox.billing.trials import pause_status
from payments.sandbox.errors import refused
from payments.sandbox.store import STORE, Json

_UPDATED = "customer.subscription.updated"


def pause_collection(subscription: Json, pause: Json | None) -> None:
    """Invoices go on being made and nobody pays them; None ends that."""
    if pause is None:
        subscription["pause_collection"] = None
        return
    resumes_at = pause.get("resumes_at")
    subscription["pause_collection"] = {
        "behavior": pause["behavior"],
        "resumes_at": resumes_at,
    }
    if resumes_at:
        agenda.appoint(
            subscription,
            "subscription.collection_resumes",
            at=resumes_at,
            subscription_id=subscription["id"],
            moment=resumes_at,
        )


def resume_collection(subscription_id: str, moment: int) -> None:
    """The timer behind `resumes_at`. Another pause meanwhile, or none: nothing."""
    subscription = STORE.get(KIND, subscription_id)
    pause = subscription["pause_collection"] if subscription else None
    if subscription and pause and pause["resumes_at"] == moment:
        with in_time_of(subscription), told(_UPDATED, subscription):
            subscription["pause_collection"] = None


def pause(subscription: Json, *, unused_time_from: str, invoice_now: bool) -> None:
    """Suspend an active subscription: no periods and no invoices until it is resumed.

    What was paid and is not used is credited, unless `unused_time_from` is none.
    """
    if subscription["status"] != "active":
        raise refused(
            f"This subscription cannot be paused because its status is "
            f"{subscription['status']}: only active ones can."
        )
    begins = period_start_of(subscription)
    at = begins if unused_time_from == "item_current_period_start" else clock.now()
    with told(_UPDATED, subscription):
        if unused_time_from != "none":
            for item in subscription["items"]["data"]:
                credit = credit_item(subscription, item, at)
                if credit["amount"]:
                    add_invoice_item(credit)
        if invoice_now:
            finalize(draft_with(subscription, "subscription_update", []))
        pause_status(subscription, "pause_requested")


def resume(subscription: Json, *, on_success: bool) -> None:
    """Begin a new period now, with its invoice; once that is paid, all is well again.

    `on_success` tries to collect it at once and again later, else nothing is tried, and
    after 23 hours without an attempt the invoice is void.
    """
    if subscription["status"] != "paused":
        raise refused(
            f"This subscription cannot be resumed because its status is "
            f"{subscription['status']}: only paused ones can."
        )
    now = clock.now()
    with told(_UPDATED, subscription):
        subscription["billing_cycle_anchor"] = now
        set_period(subscription, now)
        invoice = draft_for_period(subscription, "subscription_update")
        remember(invoice, resumes="success" if on_success else "try")
        invoice["auto_advance"] = on_success
        finalize(invoice)
        if invoice["status"] == "open" and on_success:
            attempt(invoice, by_schedule=True)
    plan_period(subscription)
    agenda.appoint(
        subscription,
        "invoice.resumption_expires",
        at=now + FIRST_PAYMENT_WITHIN_S,
        invoice_id=invoice["id"],
    )


def expire_resumption(invoice_id: str) -> None:
    """Nobody tried to pay in time: void, and the subscription stays paused."""
    invoice = STORE.get("invoice", invoice_id)
    if invoice and invoice["status"] == "open" and not invoice["attempted"]:
        with in_time_of(invoice):
            void(invoice)
