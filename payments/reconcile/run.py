"""Compare our books with Stripe's and mend what disagrees."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.utils.timezone import now

from lumira.kit.log_context import about
from payments.actions.disputes import remind_of_deadlines
from payments.actions.expire import expire_unpaid
from payments.gateway import GatewayError
from payments.reconcile import (
    disputes,
    events,
    intents,
    refunds,
    subscriptions,
    unknown_intents,
)
from payments.reconcile.drift import Drift, Survey

logger = logging.getLogger(__name__)

# How far back Stripe's own lists are read. Open rows are looked at whatever their age.
WINDOW = timedelta(days=30)


@dataclass(slots=True)
class Report:
    """What a run found. `left` is what disagrees still, with the reason."""

    mended: list[Drift] = field(default_factory=list)
    left: list[tuple[Drift, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    expired: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.left and not self.problems


def reconcile(
    *,
    dry_run: bool = False,
    window: timedelta = WINDOW,
    after_restore: bool = False,
    say: Callable[[str], None],
) -> Report:
    """Survey everything, mend unless `dry_run`, and report. Safe to repeat.

    One row that cannot be mended does not hide the others. `after_restore` also looks
    for money whose rows were lost with the old database.
    """
    report = Report()
    for survey in _surveys(window, after_restore=after_restore):
        for drift in _look(survey, report):
            if dry_run:
                why = "dry run" if drift.mend else "a person must decide"
                report.left.append((drift, why))
                say(f"found   {drift}")
            else:
                with about(drift=drift.kind):
                    _mend(drift, report, say)
    if not dry_run:
        report.expired, problems = expire_unpaid()
        report.problems += problems
        remind_of_deadlines()
    return report


def _surveys(window: timedelta, *, after_restore: bool) -> list[Survey]:
    since = now() - window
    lost = [partial(unknown_intents.survey_unknown_intents, since)]
    return [
        intents.survey_lost_answers,
        intents.survey_open_payments,
        *(lost if after_restore else []),
        # Before refunds and disputes: they may be of a period nobody told us of.
        subscriptions.survey_subscriptions,
        partial(subscriptions.survey_invoices, since),
        partial(events.survey_failed_events, since),
        partial(events.survey_undelivered_events, since),
        refunds.survey_unanswered_refunds,
        refunds.survey_pending_refunds,
        partial(refunds.survey_recent_refunds, since),
        disputes.survey_open_disputes,
        partial(disputes.survey_recent_disputes, since),
        partial(disputes.survey_recent_fraud_warnings, since),
        partial(refunds.survey_sums, since),
    ]


def _look(survey: Survey, report: Report) -> Iterator[Drift]:
    """The drift a survey finds; a Stripe that does not answer ends that survey."""
    try:
        yield from survey()
    except GatewayError as problem:
        report.problems.append(str(problem))


def _mend(drift: Drift, report: Report, say: Callable[[str], None]) -> None:
    if drift.mend is None:
        report.left.append((drift, "a person must decide"))
        say(f"left    {drift}")
        return
    try:
        drift.mend()
    except Exception as error:  # whatever it is, the other rows are still looked at
        # Not its text: an error of the database quotes rows.
        logger.error("Could not mend %s: %s", drift, type(error).__name__)
        report.left.append((drift, type(error).__name__))
        say(f"left    {drift} ({type(error).__name__})")
    else:
        report.mended.append(drift)
        say(f"mended  {drift}")
