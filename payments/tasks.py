"""What the worker does for the money."""

import logging

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup

from payments.models import ReconcileRun
from payments.monitoring.watch import watch
from payments.reconcile.written_runs import (
    WORKER,
    begin_run,
    carry_out_run,
    is_reconcile_due,
)
from payments.unpaid.follow_up import follow_up_all

logger = logging.getLogger(__name__)

# After a deployment the others are starting as well.
SETTLING_S = 30


@on_startup()  # type: ignore[untyped-decorator]
def ask_for_first_reconcile() -> None:
    """As a worker starts, each thread of it. The first of these tasks does it."""
    reconcile_if_due.schedule(delay=SETTLING_S)


@db_task()  # type: ignore[untyped-decorator]
def reconcile_if_due() -> None:
    """Nothing where it was done meanwhile: of several workers one compares, and one
    that starts again and again does it no more often."""
    if is_reconcile_due() and (run := begin_run(by=WORKER)):
        _carry_out(run)


@db_periodic_task(crontab(minute="*/5"))  # type: ignore[untyped-decorator]
def reconcile_periodically() -> None:
    """A slow run is not doubled. Two at once would be harmless, only wasteful."""
    if run := begin_run(by=WORKER):
        _carry_out(run)


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def watch_periodically() -> None:
    """Alerts for those without a Prometheus. Two at once tell once."""
    watch()


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def write_to_who_left() -> None:
    """About orders that are not paid. Two at once write once."""
    follow_up_all()


@db_task()  # type: ignore[untyped-decorator]
def reconcile_as_asked(run_id: str) -> None:
    """Carry out the run that a person asked for in the admin. A repeat does nothing."""
    if run := ReconcileRun.objects.filter(pk=run_id, finished_at=None).first():
        _carry_out(run)


def _carry_out(run: ReconcileRun) -> None:
    report = carry_out_run(run, say=logger.warning)
    for problem in report.problems:
        logger.error("Reconcile: %s", problem)
