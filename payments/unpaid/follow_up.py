"""Look at the orders whose customers have left, and put letters into the outbox.

The worker does, each minute. A row is claimed by moving its time, so that of two
workers one acts; the letter and the next time are saved together. Whatever moment it
dies at, the order is looked at again, and its letter's key lets it be written once.
"""

import logging
from datetime import datetime, timedelta

from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from lumira.limits.counting import count
from lumira.limits.limit import TooMany
from lumira.limits.origins import origin_of
from lumira.limits.rules import LETTERS
from lumira.limits.subjects import Subjects, subjects
from lumira.outbox.announcing import announce
from orders.models import Order
from payments.order_state import deciding_payment
from payments.unpaid.letters import Plan, letters_of, plan_for
from payments.unpaid.silence import why_silent

# A worker that dies here gives the order back after this long.
LEASE = timedelta(minutes=5)
logger = logging.getLogger(__name__)


def follow_up_all(limit: int = 200) -> int:
    """Look at up to `limit` orders whose time has come; how many letters were written.

    One that fails does not keep the others. Safe to repeat, and to run twice at once.
    """
    due = Order.objects.filter(follow_up_at__lte=now()).order_by("follow_up_at")
    written = 0
    for order in due.defer("intake")[:limit]:
        try:
            written += follow_up(order)
        except Exception as error:
            # Not its text: an error of the database quotes rows.
            logger.error("No look at %s: %s", order.number, type(error).__name__)
    return written


@told_in_log
def follow_up(order: Order) -> bool:
    """Write the letter this order is due, if any. False for whoever comes second."""
    lease = take(order)
    if lease is None:
        return False
    order = Order.objects.defer("intake").get(pk=order.pk)
    return conclude(order, _plan(order), lease=lease)


def take(order: Order) -> datetime | None:
    """Until when this order is the caller's; None when it has another time by now."""
    lease: datetime = (now() + LEASE).replace(microsecond=0)
    seen = Order.objects.filter(pk=order.pk, follow_up_at=order.follow_up_at)
    return lease if seen.update(follow_up_at=lease) else None


def _plan(order: Order) -> Plan:
    why = why_silent(order)
    if not why:
        plan = plan_for(
            order, deciding_payment(order), written=letters_of(order), at=now()
        )
        if plan.letter is None:
            return plan
        try:
            count(LETTERS, _counted_for(order))
        except TooMany:
            why = "too many letters"
        else:
            return plan
    logger.info("No letter about order %s: %s", order.number, why)
    return Plan()


def _counted_for(order: Order) -> Subjects:
    network = origin_of(str(order.pk))
    return {**network, **subjects(email=order.email, shop="shop")}


@transactional
def conclude(order: Order, plan: Plan, *, lease: datetime) -> bool:
    """Unless something happened to the order meanwhile: then it has another time."""
    claimed = Order.objects.filter(pk=order.pk, follow_up_at=lease)
    if not claimed.update(follow_up_at=plan.again_at):
        return False
    if plan.letter is None:
        return False
    announce(plan.letter.value, key=plan.key, order_id=str(order.pk))
    return True
