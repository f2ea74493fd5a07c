"""A change of what a subscription holds, in the middle of a period or at its turn.

https://docs.stripe.com/billing/subscriptions/change
"""

import copy
from dataclasses import dataclass

from payments.sandbox import clock
from payments.sandbox.billing.collecting import attempt, foreseen_refusal, no_method
from payments.sandbox.billing.cycle import draft_for_period, draft_with, plan_period
from payments.sandbox.billing.ending import ENDED
from payments.sandbox.billing.invoice_items import add_invoice_item
from payments.sandbox.billing.invoice_payments import default_method
from payments.sandbox.billing.invoicing import finalize
from payments.sandbox.billing.proration import credit_item, proration_items
from payments.sandbox.billing.subscription_object import period_end_of, set_period
from payments.sandbox.billing.told import told
from payments.sandbox.billing.trials import cut_trial, plan_trial, start_trial
from payments.sandbox.errors import refused
from payments.sandbox.store import Json

UPDATED = "customer.subscription.updated"


@dataclass(frozen=True)
class ChangeTerms:
    """How a change is charged. `at` is the moment that prorations count from."""

    at: int
    proration_behavior: str = "create_prorations"
    payment_behavior: str = "allow_incomplete"
    off_session: bool = False
    restart: bool = False


def change_items(subscription: Json, items: list[Json], terms: ChangeTerms) -> None:
    """Put these items in the place of the old ones.

    Another interval, or `restart`, begins a new period and is invoiced at once; else
    the difference waits for the next invoice, unless `always_invoice`.
    """
    check_changeable(subscription)
    before = copy.deepcopy(subscription["items"]["data"])
    restart = terms.restart or _interval(before) != _interval(items)
    is_free = subscription["status"] == "trialing"
    _check_refusal(subscription, terms, is_invoiced=restart and not is_free)
    with told(UPDATED, subscription):
        if not is_free and terms.proration_behavior != "none":
            _prorate(subscription, before, items, terms.at, only_credits=restart)
        subscription["items"]["data"] = items
        if is_free:
            return
        if restart:
            _start_over(subscription)
            collect(subscription, _draft_anew(subscription), terms)
        elif terms.proration_behavior == "always_invoice" and before != items:
            made = draft_with(subscription, "subscription_update", [])
            collect(subscription, made, terms)
    if restart:
        plan_period(subscription)


def change_trial(subscription: Json, end: int | None, terms: ChangeTerms) -> None:
    """End the trial now (None), or have it end then; it may begin this way, too."""
    check_changeable(subscription)
    if end is None:
        if subscription["status"] != "trialing":
            return
        with told(UPDATED, subscription):
            invoice = cut_trial(subscription)
            if invoice:
                collect(subscription, invoice, terms)
    else:
        with told(UPDATED, subscription):
            start_trial(subscription, end)
        plan_trial(subscription)
    if subscription["status"] not in ENDED:
        plan_period(subscription)


def collect(subscription: Json, invoice: Json, terms: ChangeTerms) -> None:
    """Make a change's invoice final and try it, unless the buyer is to confirm."""
    invoice["auto_advance"] = True
    finalize(invoice)
    if invoice["status"] != "open":
        return
    if terms.payment_behavior == "default_incomplete":
        subscription["status"] = "past_due"
        return
    attempt(invoice, off_session=terms.off_session)


def cancel_later(subscription: Json, moment: int | None, *, with_period: bool) -> None:
    """Set when the subscription is to end; None takes that back."""
    is_asked = moment is not None
    subscription.update(
        cancel_at=moment,
        cancel_at_period_end=with_period,
        canceled_at=clock.now() if is_asked else None,
    )
    reason = "cancellation_requested" if is_asked else None
    subscription["cancellation_details"]["reason"] = reason


def check_changeable(subscription: Json) -> None:
    status = subscription["status"]
    if status in ENDED:
        raise refused(
            "A canceled subscription can only update its cancellation_details and "
            "metadata."
        )
    if status == "incomplete":
        raise refused(
            "This subscription is incomplete: until its first invoice is paid, only "
            "its metadata and default payment method can be updated."
        )


def _prorate(
    subscription: Json,
    before: list[Json],
    items: list[Json],
    at: int,
    *,
    only_credits: bool,
) -> None:
    if only_credits:
        made = [credit_item(subscription, item, at) for item in before]
    else:
        made = proration_items(subscription, before, items, at)
    for item in made:
        if item["amount"]:
            add_invoice_item(item)


def _start_over(subscription: Json) -> None:
    now = clock.now()
    subscription["billing_cycle_anchor"] = now
    set_period(subscription, now)
    if subscription["cancel_at_period_end"]:
        subscription["cancel_at"] = period_end_of(subscription)


def _draft_anew(subscription: Json) -> Json:
    return draft_for_period(subscription, "subscription_update")


def _check_refusal(
    subscription: Json, terms: ChangeTerms, *, is_invoiced: bool
) -> None:
    """`error_if_incomplete` refuses before anything changes."""
    is_now = is_invoiced or terms.proration_behavior == "always_invoice"
    if terms.payment_behavior != "error_if_incomplete" or not is_now:
        return
    method = default_method(subscription)
    if method is None:
        raise no_method()
    refusal = foreseen_refusal(method)
    if refusal:
        raise refusal


def _interval(items: list[Json]) -> tuple[str, int]:
    recurring = items[0]["price"]["recurring"]
    return recurring["interval"], recurring["interval_count"]
