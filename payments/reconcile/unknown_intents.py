"""Money of ours at Stripe that our books never heard of: after a restore.

The rows written since the backup are gone, and Stripe, which has told us once, does not
tell again. Not part of every run: another shop on the same test account looks the same.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from lumira.kit.db import transactional
from orders.models import Order
from payments.actions.settlement import apply_intent
from payments.actions.start_payment import metadata_for
from payments.alerts import raise_alert
from payments.find_payment import order_named_by, payment_of, payment_with
from payments.gateway import IntentSnapshot, gateway
from payments.models import Payment
from payments.reconcile.drift import Drift
from payments.status import OPEN, PaymentStatus, RefundStatus


class NeedsAPerson(Exception):
    """Nothing of ours is left that this money could belong to."""


def survey_unknown_intents(since: datetime) -> Iterator[Drift]:
    """Collected intents that name an order and have no payment here."""
    for intent in gateway().intents_since(since):
        if intent.status != PaymentStatus.COMPLETED or not intent.order_id:
            continue
        # One whose row only lacks the id is another survey's.
        if payment_of(intent) is not None:
            continue
        order = order_named_by(intent)
        if order is None and _is_given_back(intent):
            continue
        yield Drift(
            kind="payment",
            about=intent.intent_id,
            order=order.number if order else "",
            ours="nothing",
            stripes=f"{intent.stripe_status} {intent.amount} {intent.currency}",
            mend=partial(_adopt, order, intent) if order else partial(_tell, intent),
        )


@transactional
def _adopt(order: Order, intent: IntentSnapshot) -> None:
    """Write the lost row of this attempt again and apply what Stripe says.

    A sum that is not the order's freezes it, as ever. A repeat does nothing.
    """
    if payment_with(intent.intent_id):
        return
    # The database allows one open attempt; money of a closed one counts as well.
    is_taken = order.payments.filter(status__in=OPEN).exists()
    payment = Payment.objects.create(
        order=order,
        order_number=order.number,
        correlation_id=order.correlation_id,
        intent_id=intent.intent_id,
        stripe_metadata=metadata_for(order),
        amount=order.amount,
        currency=order.currency,
        livemode=intent.livemode,
        status=PaymentStatus.CANCELLED if is_taken else PaymentStatus.PENDING,
    )
    apply_intent(payment, intent, by="reconcile")


def _tell(intent: IntentSnapshot) -> None:
    """Once for each intent, however often it is found."""
    _raise_alert(intent)
    raise NeedsAPerson(intent.intent_id)


@transactional
def _raise_alert(intent: IntentSnapshot) -> None:
    raise_alert("stray_money", about=intent.intent_id, order=intent.order_id)


def _is_given_back(intent: IntentSnapshot) -> bool:
    back = [
        refund.amount
        for refund in gateway().refunds_of(intent.intent_id)
        if refund.status == RefundStatus.SUCCEEDED
    ]
    return sum(back) >= intent.amount
