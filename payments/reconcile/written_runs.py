"""Comparisons with Stripe, written down: who asked, when, and what came of it.

What a clean run of the worker says is forgotten at the next one, and everything after
`KEPT`: a row every five minutes would be a hundred thousand a year.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError
from django.utils.timezone import now

from lumira.audit.recording import record
from lumira.kit.db import transactional
from payments.models import ReconcileRun
from payments.reconcile.drift import Drift
from payments.reconcile.run import WINDOW, Report, reconcile

# Who asked, when it was not a person.
WORKER, COMMAND = "worker", "command"
# A run that has not ended by then was interrupted: the next one may begin.
LONGEST = timedelta(minutes=10)
KEPT = timedelta(days=90)
# How often the worker compares.
USUAL = timedelta(minutes=5)

_FIRST = UUID("6e8c4a55-36f1-4f0e-9c2e-0a5f4f6b7c11")


def begin_run(*, by: str, is_dry: bool = False) -> ReconcileRun | None:
    """Note a run that is about to begin. None while another one is going on.

    Of two at the same moment one gets it, on every engine: both would follow the
    same earlier run, and the new row's key is made from that one's.
    """
    # Read before it is asked whether one goes on: a run that began in between would
    # otherwise be taken for the one to follow.
    last = ReconcileRun.objects.order_by("-started_at").first()
    if run_under_way():
        return None
    started_at = now()
    if last:  # later than it, also when the clocks of two machines disagree
        started_at = max(started_at, last.started_at + timedelta(milliseconds=1))
    key = uuid5(last.pk if last else _FIRST, "next")
    try:
        return _save_run(key, by=by, is_dry=is_dry, started_at=started_at)
    except IntegrityError:
        return None


def run_under_way() -> ReconcileRun | None:
    """The run that is going on, as far as anybody knows."""
    recent = ReconcileRun.objects.filter(started_at__gt=now() - LONGEST)
    return recent.filter(finished_at=None).first()


def is_reconcile_due() -> bool:
    """Whether nothing that could mend has begun for as long as the worker waits."""
    recent = ReconcileRun.objects.filter(is_dry=False, started_at__gt=now() - USUAL)
    return not recent.exists()


def note_command(*, is_dry: bool) -> ReconcileRun:
    """Note a run of the command line, which waits for nobody: it is for emergencies."""
    return ReconcileRun.objects.create(by=COMMAND, is_dry=is_dry)


def carry_out_run(
    run: ReconcileRun,
    *,
    window: timedelta = WINDOW,
    after_restore: bool = False,
    say: Callable[[str], None],
) -> Report:
    """Compare, mend unless the run is dry, and write down what came of it.

    A process that dies in the middle leaves the run without an end. Safe to repeat.
    """
    try:
        report = reconcile(
            dry_run=run.is_dry, window=window, after_restore=after_restore, say=say
        )
    except Exception as error:
        end_run(run, problems=[type(error).__name__])  # its text may quote rows
        raise
    end_run(
        run,
        mended=[_line(drift) for drift in report.mended],
        left=[_line(drift, why) for drift, why in report.left],
        problems=report.problems,
        expired=report.expired,
    )
    _forget(run)
    return report


def end_run(run: ReconcileRun, **found: Any) -> None:
    """Write down that it is over, with what it found. A repeat says it again."""
    ReconcileRun.objects.filter(pk=run.pk).update(finished_at=now(), **found)
    run.refresh_from_db()


@transactional
def _save_run(
    key: UUID, *, by: str, is_dry: bool, started_at: datetime
) -> ReconcileRun:
    run = ReconcileRun.objects.create(
        pk=key, by=by, is_dry=is_dry, started_at=started_at
    )
    if by != WORKER:
        record("reconcile.asked", by=by, about=run, after={"is_dry": is_dry})
    return run


def _line(drift: Drift, why: str = "") -> dict[str, str]:
    return {
        "kind": drift.kind,
        "about": drift.about,
        "order": drift.order,
        "ours": drift.ours,
        "stripes": drift.stripes,
        "why": why,
    }


def _forget(run: ReconcileRun) -> None:
    """Delete what nobody needs any more, now that this run is written down."""
    runs = ReconcileRun.objects.exclude(pk=run.pk)
    runs.filter(started_at__lt=now() - KEPT).delete()
    if run.by != WORKER or run.mended or run.expired:
        return
    earlier = runs.filter(by=WORKER, mended=[], expired=0).exclude(finished_at=None)
    if not run.left and not run.problems:
        earlier.filter(left=[], problems=[]).delete()
        return
    # The same trouble for hours: its first and its latest sighting are enough.
    before = list(
        runs.filter(by=WORKER).exclude(finished_at=None).order_by("-started_at")[:2]
    )
    if len(before) == 2 and all(_says(one) == _says(run) for one in before):
        earlier.filter(pk=before[0].pk).delete()


def _says(run: ReconcileRun) -> tuple[object, ...]:
    return run.mended, run.left, run.problems, run.expired
