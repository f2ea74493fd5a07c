"""Refused cards: after some of them the order, the address and the network rest.

Whoever tests stolen cards speaks to Stripe directly, with the secret of an intent. So
a refusal is counted when Stripe tells of it, the order's intent is cancelled, and no
new one is made before the pause is over.
"""

import logging

from lumira.limits.origins import origin_of
from lumira.limits.rests import resting_until
from lumira.limits.rules import DECLINES
from lumira.limits.strikes import strike
from lumira.limits.subjects import Subjects, Who, subjects
from lumira.outbox.announcing import announce
from lumira.outbox.topics import Payload, delivers
from orders.models import Order
from payments.actions.close_payment import close_payment
from payments.defence.brake import look_at_the_shop
from payments.models import Payment
from payments.status import PaymentStatus

PAYMENT_DECLINED = "payment_declined"
logger = logging.getLogger(__name__)


def tell_of_decline(payment: Payment, *, event_id: str) -> None:
    """In the transaction of the event: each refusal is counted, and each once.

    Counted by the worker: it is no business of the webhook's answer, and cancelling
    takes a call to Stripe.
    """
    announce(PAYMENT_DECLINED, key=f"declined:{event_id}", payment_id=str(payment.pk))


@delivers(PAYMENT_DECLINED)
def count_decline(payload: Payload) -> None:
    """Delivered twice, it may be counted twice: a little more careful is no harm."""
    payment = Payment.objects.get(pk=payload["payment_id"])
    order = payment.order
    if not order.is_paid:
        if Who.ORDER in strike(DECLINES, who_pays(order)):
            logger.warning("Order %s rests after refused cards", order.number)
        # Not only by the refusal that begins the pause: closing it may have failed.
        if resting_until(subjects(order=str(order.pk))):
            _close(payment)
    look_at_the_shop()


def who_pays(order: Order) -> Subjects:
    """Whom a refused card of this order counts for, as far as it is known."""
    who = subjects(order=str(order.pk), email=order.email)
    return {**who, **origin_of(str(order.pk))}


def _close(payment: Payment) -> None:
    # Not what the bank is still at: that money may be on its way.
    payment.refresh_from_db(fields=["status"])
    if payment.status in {PaymentStatus.FAILED, PaymentStatus.PENDING}:
        close_payment(payment, by="limits")
