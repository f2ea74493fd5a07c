"""The end of a period: a renewal, the end of a trial, or the end of all.

https://docs.stripe.com/billing/subscriptions/billing-cycle
"""

from payments.sandbox import clock
from payments.sandbox.billing.cycle import draft_with, renew
from payments.sandbox.billing.ending import end_subscription
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_items import pending_items
from payments.sandbox.billing.settings import billing_settings
from payments.sandbox.billing.subscription_object import KIND, period_end_of
from payments.sandbox.billing.trials import end_trial
from payments.sandbox.store import STORE, Json

_TURNING = ("active", "past_due", "unpaid", "trialing")


def end_period(subscription_id: str, moment: int) -> None:
    """The timer behind a period's end. The period was changed meanwhile: nothing."""
    subscription = STORE.get(KIND, subscription_id)
    if subscription is None or subscription["status"] not in _TURNING:
        return
    if period_end_of(subscription) != moment:
        return
    with in_time_of(subscription):
        cancel_at = subscription["cancel_at"]
        if cancel_at is not None and cancel_at <= moment:
            _end_with_period(subscription, moment)
        elif subscription["status"] == "trialing":
            end_trial(subscription)
        else:
            renew(subscription)


def _end_with_period(subscription: Json, moment: int) -> None:
    """As asked for. What still waits for an invoice gets a last one."""
    end_subscription(subscription, reason="cancellation_requested", now=moment)
    items = pending_items(
        subscription["customer"], subscription["currency"], subscription["id"]
    )
    if items:
        finalizes_at = clock.now() + billing_settings().draft_s
        draft_with(subscription, "subscription_cycle", [], finalizes_at=finalizes_at)
        STORE.save(subscription)
