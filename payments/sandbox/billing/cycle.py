"""A subscription's turn from one period to the next, and the invoices that it makes.

https://docs.stripe.com/billing/subscriptions/billing-cycle
"""

from typing import Any

from payments.sandbox import clock
from payments.sandbox.billing import agenda
from payments.sandbox.billing.collecting import attempt
from payments.sandbox.billing.dunning import is_wanted
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_items import pending_items
from payments.sandbox.billing.invoice_object import new_invoice, subscription_id_of
from payments.sandbox.billing.invoicing import (
    customer_of,
    draft_invoice,
    finalize,
    mark_uncollectible,
    void,
)
from payments.sandbox.billing.lines import recurring_line
from payments.sandbox.billing.periods import DAY_S
from payments.sandbox.billing.settings import billing_settings
from payments.sandbox.billing.subscription_object import (
    KIND,
    period_end_of,
    period_start_of,
    set_period,
)
from payments.sandbox.billing.told import told
from payments.sandbox.errors import ApiError
from payments.sandbox.store import STORE, Json


def plan_period(subscription: Json) -> None:
    """Appoint the end of the present period and what announces it."""
    end = period_end_of(subscription)
    facts = {"subscription_id": subscription["id"], "moment": end}
    agenda.appoint(subscription, "subscription.period_ends", at=end, **facts)
    upcoming = end - billing_settings().upcoming_days * DAY_S
    if upcoming > clock.now():
        agenda.appoint(subscription, "invoice.upcoming", at=upcoming, **facts)
    plan_cancellation(subscription)


def plan_cancellation(subscription: Json) -> None:
    """Appoint a cancellation within the period; one at its end needs no appointment."""
    cancel_at = subscription["cancel_at"]
    if cancel_at is not None and cancel_at < period_end_of(subscription):
        agenda.appoint(
            subscription,
            "subscription.cancels",
            at=cancel_at,
            subscription_id=subscription["id"],
            moment=cancel_at,
        )


def renew(subscription: Json) -> None:
    """Start the next period and draft its invoice, which is final an hour later."""
    before, start = period_start_of(subscription), period_end_of(subscription)
    with told("customer.subscription.updated", subscription):
        set_period(subscription, start)
        draft_next(subscription, before)
    plan_period(subscription)


def draft_next(subscription: Json, before: int) -> None:
    """Draft a renewal's invoice; `before` is when the period that ended had begun."""
    draft_for_period(
        subscription,
        "subscription_cycle",
        finalizes_at=_finalizes_at(subscription),
        covers=(before, period_start_of(subscription)),
    )


def draft_for_period(
    subscription: Json,
    reason: str,
    *,
    finalizes_at: int | None = None,
    covers: tuple[int, int] | None = None,
    free: bool = False,
) -> Json:
    """Draft the invoice for the present period, with whatever was waiting for one.

    `covers` is the time whose items it gathers; at once, that is no time at all.
    """
    start, end = period_start_of(subscription), period_end_of(subscription)
    lines = [
        recurring_line(subscription, item, start, end, free=free)
        for item in subscription["items"]["data"]
    ]
    began, ended = covers or (clock.now(), clock.now())
    return draft_with(
        subscription,
        reason,
        lines,
        finalizes_at=finalizes_at,
        auto_advance=covers is None,
        period_start=began,
        period_end=ended,
    )


def draft_with(
    subscription: Json,
    reason: str,
    lines: list[Json],
    *,
    finalizes_at: int | None = None,
    **fields: Any,
) -> Json:
    """Draft an invoice of the subscription's with these lines and all pending items."""
    customer, currency = customer_of(subscription), subscription["currency"]
    invoice = new_invoice(
        customer, currency, reason, subscription=subscription, **fields
    )
    draft_invoice(
        invoice,
        items=pending_items(customer["id"], currency, subscription["id"]),
        lines=lines,
        finalizes_at=finalizes_at,
    )
    subscription["latest_invoice"] = invoice["id"]
    return invoice


def finalize_draft(invoice_id: str) -> None:
    """The timer behind a draft's hour. Final, deleted or stopped by then: nothing."""
    invoice = STORE.get("invoice", invoice_id)
    if invoice is None or invoice["automatically_finalizes_at"] is None:
        return
    with in_time_of(invoice):
        try:
            finalize(invoice)
        except ApiError:
            return  # Told by invoice.finalization_failed.
        if invoice["status"] == "open":
            _collect(invoice)


def retry(invoice_id: str, moment: int) -> None:
    """The timer behind an automatic attempt. Not wanted any more: nothing."""
    invoice = STORE.get("invoice", invoice_id)
    if invoice and is_wanted(invoice, moment):
        with in_time_of(invoice):
            attempt(invoice, by_schedule=True)


def _collect(invoice: Json) -> None:
    subscription = STORE.get(KIND, subscription_id_of(invoice) or "")
    pause = subscription["pause_collection"] if subscription else None
    if pause and pause["behavior"] == "void":
        void(invoice)
    elif pause and pause["behavior"] == "mark_uncollectible":
        mark_uncollectible(invoice)
    elif invoice["auto_advance"] and invoice["collection_method"] != "send_invoice":
        attempt(invoice, by_schedule=True)


def _finalizes_at(subscription: Json) -> int | None:
    """None leaves the invoice a draft: collection is paused, or nobody pays anyway."""
    pause = subscription["pause_collection"]
    if subscription["status"] == "unpaid":
        return None
    if pause and pause["behavior"] == "keep_as_draft":
        return None
    return clock.now() + billing_settings().draft_s
