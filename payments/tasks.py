"""What the worker does for the money."""

import logging

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from payments.reconcile.run import reconcile

logger = logging.getLogger(__name__)


@db_periodic_task(crontab(minute="*/5"))  # type: ignore[untyped-decorator]
@lock_task("reconcile")  # type: ignore[untyped-decorator]  # a slow run is not doubled
def reconcile_periodically() -> None:
    report = reconcile(say=logger.warning)
    for problem in report.problems:
        logger.error("Reconcile: %s", problem)
