"""Trials: begun, about to end, over.

https://docs.stripe.com/billing/subscriptions/trials/free-trials
"""

from payments.sandbox import clock
from payments.sandbox.billing import agenda
from payments.sandbox.billing.cycle import draft_for_period, draft_next, plan_period
from payments.sandbox.billing.ending import end_subscription
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_payments import default_method
from payments.sandbox.billing.periods import DAY_S
from payments.sandbox.billing.subscription_object import (
    KIND,
    period_start_of,
    set_period,
)
from payments.sandbox.billing.told import told
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_WARNED_BEFORE_S = 3 * DAY_S
_UPDATED = "customer.subscription.updated"


def start_trial(subscription: Json, end: int) -> None:
    """Have it be free until then; the first paid period begins there."""
    now = clock.now()
    subscription.update(
        status="trialing",
        trial_start=subscription["trial_start"] or now,
        trial_end=end,
        billing_cycle_anchor=end,
    )
    set_period(subscription, subscription["trial_start"], end)


def plan_trial(subscription: Json) -> None:
    """Appoint the warning three days before; a shorter trial is warned of at once."""
    moment = subscription["trial_end"]
    warning = moment - _WARNED_BEFORE_S
    if warning <= clock.now():
        emit("customer.subscription.trial_will_end", subscription)
        return
    agenda.appoint(
        subscription,
        "subscription.trial_will_end",
        at=warning,
        subscription_id=subscription["id"],
        moment=moment,
    )


def warn_of_end(subscription_id: str, moment: int) -> None:
    """The timer behind the warning. The trial ends at another time: nothing."""
    subscription = STORE.get(KIND, subscription_id)
    if subscription is None or subscription["status"] != "trialing":
        return
    if subscription["trial_end"] == moment:
        emit("customer.subscription.trial_will_end", subscription)


def end_trial(subscription: Json) -> None:
    """The trial is over in its own time: the first renewal is drafted."""
    if _is_without_method(subscription):
        return
    before, start = period_start_of(subscription), subscription["trial_end"]
    with told(_UPDATED, subscription):
        subscription["status"] = "active"
        set_period(subscription, start)
        draft_next(subscription, before)
    plan_period(subscription)


def cut_trial(subscription: Json) -> Json | None:
    """`trial_end=now`: the first paid period begins. Returns its draft, if any."""
    now = clock.now()
    subscription.update(trial_end=now, billing_cycle_anchor=now)
    with in_time_of(subscription):
        if _is_without_method(subscription):
            return None
        subscription["status"] = "active"
        set_period(subscription, now)
        return draft_for_period(subscription, "subscription_update")


def pause_status(subscription: Json, why: str) -> None:
    """`paused`: no periods, no invoices, until it is resumed."""
    with told(_UPDATED, subscription):
        subscription["status"] = "paused"
        subscription["status_details"] = {
            "paused": {
                "subscription": {"type": why},
                "transitioned_at": clock.now(),
                "type": "subscription",
            }
        }
    emit("customer.subscription.paused", subscription)


def _is_without_method(subscription: Json) -> bool:
    """Nobody left a way to pay: paused or canceled, when that was asked for."""
    if default_method(subscription):
        return False
    behavior = subscription["trial_settings"]["end_behavior"]["missing_payment_method"]
    if behavior == "pause":
        pause_status(subscription, "trial_end_without_payment_method")
    elif behavior == "cancel":
        end_subscription(subscription, reason=None, now=clock.now())
    return bool(behavior != "create_invoice")
