"""A new subscription: its first invoice, and whether that is paid.

https://docs.stripe.com/billing/subscriptions/overview#how-payments-work-subscriptions
"""

from dataclasses import dataclass

from payments.sandbox import clock
from payments.sandbox.billing import agenda
from payments.sandbox.billing.collecting import attempt, foreseen_refusal, no_method
from payments.sandbox.billing.cycle import draft_for_period, plan_period
from payments.sandbox.billing.ending import FIRST_PAYMENT_WITHIN_S
from payments.sandbox.billing.in_time import in_time_of
from payments.sandbox.billing.invoice_items import pending_items
from payments.sandbox.billing.invoice_object import amount_due
from payments.sandbox.billing.invoice_payments import default_method
from payments.sandbox.billing.invoicing import customer_of, finalize
from payments.sandbox.billing.subscription_object import set_period
from payments.sandbox.billing.told import announced, told
from payments.sandbox.billing.trials import plan_trial, start_trial
from payments.sandbox.machines.setups import new_setup
from payments.sandbox.money import check_amount
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

UPDATED = "customer.subscription.updated"


@dataclass(frozen=True)
class Terms:
    """How a subscription begins. `trial_end` is None without a trial."""

    payment_behavior: str = "allow_incomplete"
    off_session: bool = False
    trial_end: int | None = None


def subscribe(subscription: Json, terms: Terms) -> None:
    """Begin a subscription that has its items. Refuses what could never be paid.

    With `default_incomplete` the first invoice waits for the buyer's browser; else it
    is tried at once. Events end with customer.subscription.created.
    """
    now = clock.now()
    if terms.trial_end:
        start_trial(subscription, terms.trial_end)
    else:
        set_period(subscription, now)
    due = _first_amount(subscription, is_trial=terms.trial_end is not None)
    waits = terms.payment_behavior == "default_incomplete"
    if due and not waits:
        _check_payable(subscription, terms)
    with announced("customer.subscription.created", subscription):
        invoice = draft_for_period(
            subscription, "subscription_create", free=terms.trial_end is not None
        )
        finalize(invoice)
        if invoice["status"] == "open" and not waits:
            attempt(invoice, off_session=terms.off_session)
        if not due and waits and default_method(subscription) is None:
            _ask_for_method(subscription)
    _plan(subscription)


def setup_succeeded(setup: Json) -> None:
    """The buyer left a way to pay for later: the subscription that waited takes it."""
    for subscription in STORE.all("subscription"):
        if subscription["pending_setup_intent"] == setup["id"]:
            _take_method(subscription, setup)


def _first_amount(subscription: Json, *, is_trial: bool) -> int:
    """What the first invoice will collect. Refuses more than a charge may be."""
    customer, currency = customer_of(subscription), subscription["currency"]
    total = sum(
        item["amount"]
        for item in pending_items(customer["id"], currency, subscription["id"])
    )
    if not is_trial:
        total += sum(
            item["price"]["unit_amount"] * item["quantity"]
            for item in subscription["items"]["data"]
        )
    due = amount_due(total, customer["balance"], currency)
    if due:
        check_amount(due, currency)
    return due


def _check_payable(subscription: Json, terms: Terms) -> None:
    method = default_method(subscription)
    if method is None:
        raise no_method()
    if terms.payment_behavior == "error_if_incomplete":
        refusal = foreseen_refusal(method)
        if refusal:
            raise refusal


def _ask_for_method(subscription: Json) -> None:
    setup = new_setup(usage="off_session", customer=subscription["customer"])
    STORE.save(setup)
    subscription["pending_setup_intent"] = setup["id"]
    emit("setup_intent.created", setup)


def _take_method(subscription: Json, setup: Json) -> None:
    from_now_on = subscription["payment_settings"]["save_default_payment_method"]
    with in_time_of(subscription), told(UPDATED, subscription):
        subscription["pending_setup_intent"] = None
        if from_now_on == "on_subscription":
            subscription["default_payment_method"] = setup["payment_method"]


def _plan(subscription: Json) -> None:
    plan_period(subscription)
    if subscription["status"] == "trialing":
        plan_trial(subscription)
    elif subscription["status"] == "incomplete":
        agenda.appoint(
            subscription,
            "subscription.expires",
            at=subscription["created"] + FIRST_PAYMENT_WITHIN_S,
            subscription_id=subscription["id"],
        )
