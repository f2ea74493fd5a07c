"""Only a comparison that ended, and could mend, is one that took place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from huey.contrib.djhuey import HUEY

from lumira.worker_life import BEGAN
from payments.doctor import work
from tests.admin.reading_pages import words
from tests.factories.reconcile_runs import make_run
from tests.monitoring.watching import look, told

pytestmark = pytest.mark.django_db(transaction=True)

HIDES_NOTHING = {
    "a dry run": {"by": "claire", "is_dry": True},
    "a run that died": {"finished_at": None},
}


@pytest.fixture(autouse=True)
def a_worker_that_began_long_ago() -> None:
    HUEY.delete(BEGAN)


@pytest.fixture(params=HIDES_NOTHING)
def silence(request: pytest.FixtureRequest) -> None:
    """Nothing was compared for three hours, and something younger looks like it."""
    long_ago = now() - timedelta(hours=3)
    make_run(started_at=long_ago, finished_at=long_ago)
    make_run(**HIDES_NOTHING[request.param])


@pytest.mark.usefixtures("silence")
def test_the_worker_calls_somebody() -> None:
    look()

    assert told() == ["reconcile_silence"]


@pytest.mark.usefixtures("silence")
def test_doctor_says_it() -> None:
    [found] = work.check_reconcile()

    assert found.level == "wrong"
    assert "the last comparison with Stripe was at" in found.what


@pytest.mark.usefixtures("silence")
def test_the_dashboard_says_it(admin_client: Client) -> None:
    assert "Plus rien depuis 3 h 00" in words(admin_client, "/admin/")


def test_runs_that_died_from_the_first_one_on_call_somebody() -> None:
    for minutes in (36, 31, 2):
        make_run(started_at=now() - timedelta(minutes=minutes), finished_at=None)

    look()

    assert told() == ["reconcile_silence"]


def test_the_first_run_of_a_shop_has_its_time() -> None:
    make_run(started_at=now() - timedelta(minutes=2), finished_at=None)

    look()

    assert told() == []
