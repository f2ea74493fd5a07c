"""What the worker does for the staff's logins."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lumira.accounts.lockout import forget_old_attempts


@db_periodic_task(crontab(hour="4", minute="20"))  # type: ignore[untyped-decorator]  # huey has no types
def forget_attempts() -> None:
    forget_old_attempts()
