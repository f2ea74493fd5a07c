"""Which letter an unpaid order is due, and when to look at it again.

A letter answers to something that happened once, so its key lets it be written once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from lumira.outbox.models import Message
from orders.actions.follow_up import QUIET
from orders.models import Order
from payments.actions.expire import AFTER
from payments.models import Payment
from payments.status import DID_NOT_WORK

# A reminder follows another letter only after so long.
APART = timedelta(hours=6)


class Letter(StrEnum):
    """Also the message's topic, and the mail's template."""

    RECEIVED = "order_received"
    FAILED = "payment_failed"
    REMINDER = "resume_reminder"


@dataclass(frozen=True, slots=True)
class Plan:
    """The letter to write now, if any, and the next moment to look."""

    letter: Letter | None = None
    key: str = ""
    again_at: datetime | None = None


def plan_for(
    order: Order,
    payment: Payment | None,
    *,
    written: Mapping[str, datetime],
    at: datetime,
) -> Plan:
    """What is right for this unpaid order at this moment; asks and changes nothing.

    `payment` is the deciding one; `written` are the keys of its letters so far.
    """
    quiet_from = _last_sign(order, payment) + QUIET
    if at < quiet_from:
        return Plan(again_at=quiet_from)
    if letter := _due(order, payment, written, at):
        key = key_of(letter, order, payment)
        return Plan(letter, key, _reminder_at(order, {**written, key: at}))
    later = _reminder_at(order, written)
    return Plan(again_at=later if later and later > at else None)


def is_right(
    letter: Letter, order: Order, payment: Payment | None, at: datetime
) -> bool:
    """Whether it still says the truth: what was due may have waited for days."""
    if payment and _was_refused(payment):
        if letter == Letter.FAILED:
            return at < payment.updated_at + AFTER
        if letter == Letter.RECEIVED:
            return False
    return letter != Letter.FAILED and at < order.created_at + AFTER


def key_of(letter: Letter, order: Order, payment: Payment | None) -> str:
    """Once for an order; of a refusal, once for each attempt to collect its price."""
    about = payment.pk if payment and letter == Letter.FAILED else order.pk
    return f"{letter}:{about}"


def letters_of(order: Order) -> dict[str, datetime]:
    """What was written so far, and when."""
    mine = Message.objects.filter(about=str(order.pk), topic__in=list(Letter))
    return dict(mine.values_list("key", "created_at"))


def _was_refused(payment: Payment) -> bool:
    """A debit's refusal may come after days: its attempt is closed at once then."""
    return payment.status in DID_NOT_WORK and bool(payment.failure_code)


def _last_sign(order: Order, payment: Payment | None) -> datetime:
    return max(order.created_at, payment.updated_at) if payment else order.created_at


def _due(
    order: Order,
    payment: Payment | None,
    written: Mapping[str, datetime],
    at: datetime,
) -> Letter | None:
    for letter in (Letter.FAILED, Letter.REMINDER, Letter.RECEIVED):
        if key_of(letter, order, payment) in written:
            continue
        if not is_right(letter, order, payment, at):
            continue
        if letter == Letter.REMINDER:
            reminder_at = _reminder_at(order, written)
            if reminder_at is None or at < reminder_at:
                continue
        if letter == Letter.RECEIVED and written:
            continue  # they know
        return letter
    return None


def _reminder_at(order: Order, written: Mapping[str, datetime]) -> datetime | None:
    """None: not any more, or never."""
    after = settings.RESUME_REMINDER_AFTER
    if after is None or f"{Letter.REMINDER}:{order.pk}" in written:
        return None
    last = max(written.values(), default=order.created_at)
    moment: datetime = order.created_at + after
    if written:
        moment = max(moment, last + APART)
    return moment if moment < order.created_at + AFTER else None
