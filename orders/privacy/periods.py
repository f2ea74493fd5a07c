"""What is forgotten in time: the shop's kinds, and those of the floors below it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from lumira.accounts.lockout import forget_old_attempts
from lumira.kit.db import transactional
from lumira.kit.expired_cache import forget_expired
from lumira.outbox.models import Message
from orders.actions.deliver import mail_key
from orders.models import Delivery, Order
from orders.models.erasure import ErasureReason
from orders.privacy.anonymise import empty_answers
from orders.privacy.erase import take_out
from orders.privacy.files import forget_pictures
from orders.privacy.floors import floors
from orders.privacy.obstacles import obstacles
from orders.privacy.person import Person
from orders.privacy.retention import WORKER, add_period
from orders.status import UNPAID, OrderStatus

BATCH = 50
MONTH = timedelta(days=365) / 12


@add_period("unpaid", "commandes jamais payées")
def unpaid_orders(*, dry_run: bool) -> int:
    """Who they were of; what was chosen, and when, stays for the figures."""
    before = now() - timedelta(days=settings.KEEP_UNPAID_DAYS)
    due = Order.objects.filter(
        status__in=sorted(UNPAID), created_at__lt=before, erasure=None
    )
    if dry_run:
        return sum(not obstacles(Person((key,))) for key in _keys(due))
    return sum(_erase_unpaid(batch) for batch in _batches(due))


@add_period("answers", "réponses et images de commandes livrées")
def old_answers(*, dry_run: bool) -> int:
    """Of a delivered or refunded order; not while its subscription goes on."""
    before = now() - settings.KEEP_ANSWERS_MONTHS * MONTH
    over = Q(status=OrderStatus.COMPLETED, completed_at__lt=before)
    # Refunded before it was delivered: it was over at some time after the payment.
    over |= Q(status=OrderStatus.REFUNDED, paid_at__lt=before)
    due = Order.objects.filter(over, answers_erased_at=None, erasure=None)
    count = 0
    for batch in _batches(due):
        needed = {key for floor in floors() for key in floor.still_needed(batch)}
        batch = [key for key in batch if key not in needed]
        if not dry_run:
            # First the files: were this to stop here, the next run finds the rows.
            forget_pictures(batch)
            _empty(batch)
        count += len(batch)
    return count


@add_period("messages", "messages envoyés")
def old_messages(*, dry_run: bool) -> int:
    """Not the one that brings a reading which is still to be handed over."""
    waiting = Delivery.objects.filter(sent_at=None)
    kept = [mail_key(delivery) for delivery in waiting]
    old = Message.objects.filter(sent_at__lt=_ago(settings.KEEP_MESSAGES_DAYS))
    old = old.exclude(key__in=kept)
    return old.count() if dry_run else old.delete()[0]


@add_period("sessions", "sessions expirées")
def ended_sessions(*, dry_run: bool) -> int:
    ended = Session.objects.filter(expire_date__lt=now())
    return ended.count() if dry_run else ended.delete()[0]


@add_period("attempts", "essais de connexion")
def login_attempts(*, dry_run: bool) -> int:
    return forget_old_attempts(dry_run=dry_run)


@add_period("cache", "cache expiré")
def expired_cache(*, dry_run: bool) -> int:
    return forget_expired(dry_run=dry_run)


@transactional
def _erase_unpaid(batch: list[UUID]) -> int:
    rows = Order.objects.filter(pk__in=batch, status__in=sorted(UNPAID), erasure=None)
    # Written first: of this and a payment that begins, one waits for the other.
    rows.update(updated_at=now())
    free = [key for key in _keys(rows) if not obstacles(Person((key,)))]
    if free:
        take_out(Person(tuple(free)), by=WORKER, reason=ErasureReason.RETENTION)
    return len(free)


@transactional
def _empty(batch: list[UUID]) -> None:
    empty_answers(batch)


def _ago(days: int) -> datetime:
    return now() - timedelta(days=days)


def _keys(rows: QuerySet[Order]) -> list[UUID]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _batches(rows: QuerySet[Order]) -> Iterator[list[UUID]]:
    keys = _keys(rows)
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
