"""What the worker does for the money."""

import logging

from django.core.cache import cache
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from payments.reconcile.run import reconcile

logger = logging.getLogger(__name__)
LONGEST_S = 30 * 60


@db_periodic_task(crontab(minute="*/5"))  # type: ignore[untyped-decorator]
def reconcile_periodically() -> None:
    """A slow run is not doubled. Two at once would be harmless, only wasteful."""
    # huey's own lock has no end: a worker killed while it held it would be the last.
    if not cache.add("reconcile-is-running", True, timeout=LONGEST_S):
        return
    try:
        _reconcile()
    finally:
        cache.delete("reconcile-is-running")


def _reconcile() -> None:
    report = reconcile(say=logger.warning)
    for problem in report.problems:
        logger.error("Reconcile: %s", problem)
