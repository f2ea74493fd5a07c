"""What about the machinery calls somebody. Each rule reads, and says what it found."""

from datetime import datetime, timedelta

from django.conf import settings
from huey.contrib.djhuey import HUEY

from lumira.outbox.models import Message
from lumira.worker_life import has_worked_for
from payments.dashboard.alerts import (
    RECONCILE_SILENCE,
    dead_messages,
    last_reconcile,
    uncompared_since,
)
from payments.models import ProcessedEvent
from payments.monitoring.alarms import Facts

# Stripe repeats at once, reconcile after five minutes: then it is not by chance.
EVENT_PATIENCE = timedelta(minutes=15)
MESSAGE_PATIENCE = timedelta(minutes=30)


def failed_events(at: datetime) -> Facts | None:
    """What Stripe told us and we cannot act on, however often it is repeated."""
    failed = ProcessedEvent.objects.filter(
        processed=False, received_at__lte=at - EVENT_PATIENCE
    )
    return _number(failed.count())


def dead_letters(at: datetime) -> Facts | None:
    return _number(dead_messages())


def messages_waiting(at: datetime) -> Facts | None:
    """Due for long, and still tried: whoever takes them does not."""
    if not _had(MESSAGE_PATIENCE, at):
        return None
    late = Message.objects.waiting().filter(created_at__lte=at - MESSAGE_PATIENCE)
    return _number(late.count())


def drift(at: datetime) -> Facts | None:
    """What the last whole comparison could not mend. A dry one mends nothing."""
    last = last_reconcile()
    return _number(len(last.left)) if last else None


def reconcile_silence(at: datetime) -> Facts | None:
    """Who asks is the worker: it lives, so something keeps it from comparing."""
    since = uncompared_since()
    if since is None or at - since <= RECONCILE_SILENCE:
        return None
    if not _had(RECONCILE_SILENCE, at):
        return None
    return {"minutes": int((at - since).total_seconds() // 60)}


def queue_backlog(at: datetime) -> Facts | None:
    pending = int(HUEY.pending_count())
    return _number(pending if pending > settings.QUEUE_BACKLOG_THRESHOLD else 0)


def _had(patience: timedelta, at: datetime) -> bool:
    """Whether the worker had that much time: a shop that was shut is late at first."""
    return has_worked_for(patience.total_seconds(), at=at.timestamp())


def _number(number: int) -> Facts | None:
    return {"number": number} if number else None
