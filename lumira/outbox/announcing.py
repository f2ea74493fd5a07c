"""Put a message in the outbox."""

from django.db import transaction
from django.utils.timezone import now

from lumira.kit.prepared_writes import insert_unless_there
from lumira.outbox import tasks
from lumira.outbox.models import Message


def announce(topic: str, *, key: str, **payload: str | int | None) -> None:
    """Record a message in the same transaction as the change it announces.

    `payload` holds ids and figures, nothing personal; its `order_id` puts the message
    on that order's page. The same `key` twice is one
    message. The worker hears of it on commit; if it does not, its sweep finds it.
    """
    message = Message(
        key=key, topic=topic, payload=payload, about=payload.get("order_id") or ""
    )
    if not insert_unless_there(message, field="key"):
        return
    transaction.on_commit(lambda: tasks.send_message(str(message.pk)), robust=True)


def announce_again(key: str) -> None:
    """Make this message due at once, whether it waits, was given up or was sent.

    Nothing for a key that was never announced. A repeat sends it again.
    """
    message = Message.objects.filter(key=key).first()
    if message is None:
        return
    Message.objects.filter(pk=message.pk).update(sent_at=None, attempts=0, due_at=now())
    transaction.on_commit(lambda: tasks.send_message(str(message.pk)), robust=True)
