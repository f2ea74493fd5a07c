"""A worker that starts compares soon, and only if nobody has done so."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from huey.contrib.djhuey import HUEY
from huey.utils import utcnow

from payments.models import ReconcileRun
from payments.reconcile.written_runs import COMMAND, USUAL, WORKER
from payments.tasks import SETTLING_S, ask_for_first_reconcile, reconcile_if_due
from tests.factories.reconcile_runs import make_run
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_shop_that_was_never_compared_is_soon(sandbox: SandboxProcess) -> None:
    reconcile_if_due()

    run = ReconcileRun.objects.get()
    assert (run.by, run.problems) == (WORKER, [])
    assert run.finished_at


def test_of_several_workers_one_compares(sandbox: SandboxProcess) -> None:
    reconcile_if_due()
    [run], asked = ReconcileRun.objects.all(), len(sandbox.requests())

    for _thread in range(3):
        reconcile_if_due()

    assert ReconcileRun.objects.get().pk == run.pk
    assert len(sandbox.requests()) == asked > 0


@pytest.mark.parametrize("by", [WORKER, COMMAND, "admin"])
def test_what_was_just_done_is_not_done_again(sandbox: SandboxProcess, by: str) -> None:
    make_run(by=by)

    reconcile_if_due()

    assert ReconcileRun.objects.get().by == by
    assert sandbox.requests() == []


@pytest.mark.parametrize(
    ("is_dry", "ago"), [(True, timedelta()), (False, USUAL + timedelta(seconds=1))]
)
def test_what_only_looked_or_is_old_is_no_reason_to_wait(
    sandbox: SandboxProcess, is_dry: bool, ago: timedelta
) -> None:
    make_run(by="admin", is_dry=is_dry, started_at=now() - ago)

    reconcile_if_due()

    assert ReconcileRun.objects.filter(by=WORKER).count() == 1


def test_a_start_asks_for_it_when_the_others_are_there() -> None:
    HUEY.storage.flush_schedule()

    ask_for_first_reconcile()

    [asked] = HUEY.scheduled()
    HUEY.storage.flush_schedule()
    assert asked.name == "reconcile_if_due"
    assert timedelta() < asked.eta - utcnow() <= timedelta(seconds=SETTLING_S)
