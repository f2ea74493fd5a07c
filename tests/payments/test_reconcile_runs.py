"""Each comparison with Stripe is written down, and what says nothing is forgotten."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from lumira.audit.models import AuditEntry
from payments.models import Payment, ReconcileRun
from payments.reconcile.written_runs import (
    KEPT,
    LONGEST,
    WORKER,
    begin_run,
    carry_out_run,
)
from payments.tasks import reconcile_as_asked, reconcile_periodically
from tests.lumira.at_once import at_once
from tests.money.books import let_pass, pay, states
from tests.payments.canned_stripe import CannedStripe
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def make_run(**fields: Any) -> ReconcileRun:
    """A run of the worker that ended a moment ago and found nothing."""
    moment = now() - timedelta(minutes=5)
    row = {"by": WORKER, "started_at": moment, "finished_at": moment}
    return ReconcileRun.objects.create(**row | fields)


def make_drift(about: str = "pi_1") -> dict[str, str]:
    return {
        "kind": "payment",
        "about": about,
        "order": "LU261122-7K3MWQ",
        "ours": "pending/requires_payment_method",
        "stripes": "succeeded",
        "why": "RuntimeError",
    }


def say(line: str) -> None:
    """Quietly."""


def test_the_workers_run_tells_what_it_mended(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    let_pass(timedelta(minutes=2))

    reconcile_periodically()

    run = ReconcileRun.objects.get()
    assert (run.by, run.is_dry, run.left, run.problems) == (WORKER, False, [], [])
    assert run.finished_at is not None
    assert run.mended == [
        {
            "kind": "payment",
            "about": payment.intent_id,
            "order": payment.order_number,
            "ours": "pending/requires_payment_method",
            "stripes": "succeeded",
            "why": "",
        }
    ]
    assert states(payment) == ("completed", "paid")


def test_the_command_writes_its_run_down_and_waits_for_nobody(
    sandbox: SandboxProcess,
) -> None:
    begin_run(by="claire")

    call_command("reconcile", "--dry-run", stdout=StringIO())

    run = ReconcileRun.objects.get(by="command")
    assert run.is_dry
    assert run.finished_at is not None


def test_a_run_that_only_compares_leaves_what_it_found(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    let_pass(timedelta(minutes=2))
    run = begin_run(by="claire", is_dry=True)
    assert run

    reconcile_as_asked(str(run.pk))

    run.refresh_from_db()
    assert (run.mended, [line["why"] for line in run.left]) == ([], ["dry run"])
    assert states(payment) == ("pending", "pending")


def test_what_only_a_person_can_decide_is_said_by_a_dry_run_too(
    sandbox: SandboxProcess,
) -> None:
    Payment.objects.filter(pk=pay(sandbox).pk).update(intent_id="pi_unknown")
    let_pass(timedelta(minutes=2))
    run = begin_run(by="claire", is_dry=True)
    assert run

    carry_out_run(run, say=say)

    assert "a person must decide" in [line["why"] for line in run.left]


def test_who_asked_is_in_the_journal() -> None:
    run = begin_run(by="claire", is_dry=True)
    assert run

    entry = AuditEntry.objects.get()

    assert (entry.by, entry.action) == ("claire", "reconcile.asked")
    assert (entry.about_id, entry.after) == (str(run.pk), {"is_dry": True})


def test_the_worker_leaves_nothing_in_the_journal() -> None:
    begin_run(by=WORKER)

    assert not AuditEntry.objects.exists()


def test_of_many_who_ask_at_once_one_gets_a_run() -> None:
    make_run()

    runs = at_once(8, lambda n: begin_run(by=f"clerk-{n}"))

    assert [run for run in runs if isinstance(run, Exception)] == []
    assert len([run for run in runs if run]) == 1
    assert ReconcileRun.objects.filter(finished_at=None).count() == 1


def test_while_a_run_goes_on_no_other_begins() -> None:
    begin_run(by="claire")

    reconcile_periodically()

    assert ReconcileRun.objects.get().by == "claire"


def test_an_interrupted_run_stops_others_for_a_while_only() -> None:
    dead = begin_run(by=WORKER)
    assert dead
    ReconcileRun.objects.update(started_at=now() - LONGEST)

    assert begin_run(by=WORKER) is not None

    dead.refresh_from_db()
    assert dead.finished_at is None


def test_a_clock_that_was_ahead_does_not_stop_the_runs() -> None:
    ahead = now() + timedelta(minutes=3)
    make_run(started_at=ahead, finished_at=ahead, left=[make_drift()])

    begun = []
    for _time in range(3):
        run = begin_run(by=WORKER)
        assert run
        ReconcileRun.objects.filter(pk=run.pk).update(finished_at=now())
        begun.append(run.started_at)

    assert begun == sorted(begun)
    assert begun[0] > ahead


def test_a_task_that_comes_twice_runs_once(sandbox: SandboxProcess) -> None:
    run = begin_run(by="claire")
    assert run
    reconcile_as_asked(str(run.pk))
    run.refresh_from_db()
    ended = run.finished_at

    reconcile_as_asked(str(run.pk))

    run.refresh_from_db()
    assert run.finished_at == ended


def test_of_clean_runs_the_worker_keeps_the_last(sandbox: SandboxProcess) -> None:
    for _time in range(3):
        reconcile_periodically()

    assert ReconcileRun.objects.count() == 1


def test_what_found_something_or_was_asked_for_is_kept(
    sandbox: SandboxProcess,
) -> None:
    kept = [
        make_run(mended=[make_drift()]),
        make_run(left=[make_drift()]),
        make_run(problems=["APIConnectionError"]),
        make_run(expired=1),
        make_run(by="claire"),
        make_run(finished_at=None, started_at=now() - LONGEST),
    ]
    make_run()

    reconcile_periodically()

    runs = set(ReconcileRun.objects.values_list("pk", flat=True))
    assert {run.pk for run in kept} < runs
    assert len(runs) == len(kept) + 1


def test_after_three_months_everything_is_forgotten(sandbox: SandboxProcess) -> None:
    long_ago = now() - KEPT - timedelta(days=1)
    make_run(started_at=long_ago, left=[make_drift()])
    make_run(started_at=long_ago, by="claire")
    make_run(started_at=long_ago, finished_at=None)

    reconcile_periodically()

    assert ReconcileRun.objects.get().started_at > long_ago


def test_the_same_trouble_for_hours_is_its_first_and_its_last_sighting(
    canned: CannedStripe,
) -> None:
    canned.will_say(401, {"error": {"type": "invalid_request_error"}})

    for _time in range(4):
        reconcile_periodically()

    first, last = ReconcileRun.objects.order_by("started_at")
    assert first.problems == last.problems != []


def test_another_trouble_in_between_is_kept(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    Payment.objects.filter(pk=payment.pk).update(amount=100)
    let_pass(timedelta(minutes=2))
    reconcile_periodically()
    make_run(started_at=now(), left=[make_drift("pi_other")])

    for _time in range(2):
        reconcile_periodically()

    runs = ReconcileRun.objects.order_by("started_at")
    assert [run.left[0]["about"] for run in runs] == [
        payment.intent_id,
        "pi_other",
        payment.intent_id,
        payment.intent_id,
    ]
