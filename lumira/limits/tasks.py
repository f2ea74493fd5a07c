"""What the worker does for the limits."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lumira.limits.forgetting import forget_old


@db_periodic_task(crontab(minute="35"))  # type: ignore[untyped-decorator]  # huey has no types
def forget_what_is_over() -> None:
    forget_old()
