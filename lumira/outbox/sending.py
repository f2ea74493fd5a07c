"""Empty the outbox."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from lumira.outbox.mail import mail_for_message
from lumira.outbox.models import Message
from lumira.outbox.topics import Unneeded, deliverer_of

# Twice as long each time.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
# A worker that dies while sending gives the message back after this long.
LEASE = timedelta(minutes=2)
logger = logging.getLogger(__name__)


def send(message_id: UUID) -> bool:
    """Deliver one message if it is due. True when this call delivered it.

    At least once: a crash between the delivery and the last UPDATE sends again.
    After MAX_ATTEMPTS failures it stays in the admin for a person.
    """
    message = Message.objects.get(pk=message_id)
    # Claimed by moving its due time: of two workers, one changes the row.
    due = Message.objects.waiting().filter(pk=message.pk, due_at__lte=now())
    claimed = due.filter(attempts=message.attempts).update(
        attempts=F("attempts") + 1, due_at=now() + LEASE
    )
    if not claimed:
        return False
    return _deliver(message)


@told_in_log
def _deliver(message: Message) -> bool:
    row = Message.objects.filter(pk=message.pk)
    try:
        with mail_for_message(message.pk):
            deliverer_of(message.topic)(message.payload)
    except Unneeded as why:
        row.update(sent_at=now(), was_unneeded=True, last_error="")
        logger.info("Message %s (%s) not sent: %s", message.pk, message.topic, why)
        return False
    except Exception as error:  # any failure of a mail server must leave a trace
        problem = _describe(error)
        logger.error("Message %s (%s) failed: %s", message.pk, message.topic, problem)
        pause = min(FIRST_PAUSE * 2 ** min(message.attempts, 10), LONGEST_PAUSE)
        row.update(due_at=now() + pause, last_error=problem)
        return False
    row.update(sent_at=now(), was_unneeded=False, last_error="")
    logger.info("Message %s (%s) sent", message.pk, message.topic)
    return True


def send_again(message_id: UUID, *, by: str) -> bool:
    """A person asks for it: due at once, with all its attempts before it."""
    _make_due(message_id, by=by)
    return send(message_id)


@transactional
def _make_due(message_id: UUID, *, by: str) -> None:
    unsent = Message.objects.filter(pk=message_id, sent_at=None)
    if unsent.update(attempts=0, due_at=now()):
        record("message.resent", by=by, about=Message(pk=message_id))


def send_waiting(limit: int = 100) -> int:
    """Deliver up to `limit` due messages, oldest first. Returns how many went."""
    waiting = Message.objects.waiting().filter(due_at__lte=now())
    ids = list(waiting.order_by("due_at").values_list("pk", flat=True)[:limit])
    return sum(send(message_id) for message_id in ids)


def _describe(error: Exception) -> str:
    """The kind of failure only: a mail server's reply quotes the address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
