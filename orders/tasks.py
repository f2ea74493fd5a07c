"""What the worker does for people's privacy."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from orders.privacy.erase import finish_all
from orders.privacy.retention import WORKER, purge


@db_periodic_task(crontab(hour="3", minute="40"))  # type: ignore[untyped-decorator]  # huey has no types
def forget_in_time() -> None:
    purge(dry_run=False, by=WORKER)


@db_periodic_task(crontab(minute="25"))  # type: ignore[untyped-decorator]  # as above
def finish_erasures() -> None:
    finish_all()
