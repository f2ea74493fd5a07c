"""Whose event it is; from here on the log of the event says so."""

from typing import TypeVar

from lumira.kit.log_context import note
from payments import find_payment
from payments.gateway import IntentSnapshot
from payments.models import Payment, Subscription
from payments.subscriptions import find

Row = TypeVar("Row", Payment, Subscription)


def payment_with(intent_id: str) -> Payment | None:
    return _noted(find_payment.payment_with(intent_id))


def payment_of(intent: IntentSnapshot) -> Payment | None:
    return _noted(find_payment.payment_of(intent))


def subscription_of(stripe_id: str, our_id: str) -> Subscription | None:
    return _noted(find.subscription_of(stripe_id, our_id))


def _noted(row: Row | None) -> Row | None:
    if row:
        note(**row.log_facts)
    return row
