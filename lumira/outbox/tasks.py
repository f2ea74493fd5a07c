"""What the worker does for the outbox."""

from uuid import UUID

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from lumira.outbox.sending import send, send_waiting


@db_task()  # type: ignore[untyped-decorator]  # huey has no types
def send_message(message_id: str) -> None:
    send(UUID(message_id))


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # as above
def sweep() -> None:
    """What the queue lost, and what is due again after a failure."""
    send_waiting()
