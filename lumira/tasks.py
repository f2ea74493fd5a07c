"""What the worker does for itself."""

from huey import crontab
from huey.contrib.djhuey import on_startup, periodic_task

from lumira.worker_life import begin_life, show_life


@on_startup()  # type: ignore[untyped-decorator]  # huey has no types
def say_hello() -> None:
    begin_life()


@periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # as above
def say_still_here() -> None:
    """Through the queue like any task, so that it also says that tasks are done."""
    show_life()
