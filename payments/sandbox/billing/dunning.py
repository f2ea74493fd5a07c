"""Trying again: when a failed renewal is collected next, and when Stripe gives up.

A fixed plan stands for Smart Retries: so many days after the first failed attempt.
https://docs.stripe.com/billing/revenue-recovery/smart-retries
"""

from payments.sandbox import clock
from payments.sandbox.billing import agenda
from payments.sandbox.billing.invoice_object import (
    behind,
    remember,
    subscription_id_of,
)
from payments.sandbox.billing.periods import DAY_S
from payments.sandbox.billing.settings import billing_settings
from payments.sandbox.store import STORE, Json

_NEVER_RETRIED = ("incomplete", "incomplete_expired", "canceled", "paused")


def next_attempt(invoice: Json) -> int | None:
    """After a failed attempt: when the next one is due; None when there is none.

    The plan counts from the first failure, whatever is tried in between.
    """
    if not _is_retried(invoice):
        return None
    now = clock.now()
    first = int(behind(invoice).get("first_failed_at", now))
    left = [
        first + days * DAY_S
        for days in billing_settings().retry_days
        if first + days * DAY_S > now
    ]
    remember(invoice, first_failed_at=first, exhausted=not left)
    if not left:
        return None
    if left[0] != invoice["next_payment_attempt"]:
        facts = {"invoice_id": invoice["id"], "moment": left[0]}
        agenda.appoint(invoice, "invoice.retries", at=left[0], **facts)
    return left[0]


def is_exhausted(invoice: Json) -> bool:
    """Whether the last attempt of the plan has failed."""
    return bool(behind(invoice).get("exhausted"))


def is_wanted(invoice: Json, moment: int) -> bool:
    """Whether the attempt that was planned for this moment is still to be made."""
    return bool(
        invoice["status"] == "open"
        and invoice["auto_advance"]
        and invoice["next_payment_attempt"] == moment
    )


def _is_retried(invoice: Json) -> bool:
    if not invoice["auto_advance"] or invoice["status"] != "open":
        return False
    if behind(invoice).get("resumes") == "success":
        return True
    subscription = STORE.get("subscription", subscription_id_of(invoice) or "")
    return subscription is None or subscription["status"] not in _NEVER_RETRIED
