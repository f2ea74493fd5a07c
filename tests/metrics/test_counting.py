"""Counted once, when it is saved."""

import pytest
from django.db import connection

from lumira.kit.db import transactional
from lumira.kit.metrics.counting import once_saved

pytestmark = pytest.mark.django_db(transaction=True)


class Conflict(Exception):
    """What PostgreSQL says when the same transaction may work next time."""

    sqlstate = "40001"


@pytest.fixture
def counted() -> list[str]:
    return []


def test_what_is_rolled_back_is_not_counted(counted: list[str]) -> None:
    @transactional
    def fail() -> None:
        once_saved(lambda: counted.append("x"))
        raise ValueError

    with pytest.raises(ValueError):
        fail()

    assert counted == []


def test_what_runs_again_after_a_conflict_is_counted_once(counted: list[str]) -> None:
    runs: list[int] = []

    @transactional
    def conflict_once() -> None:
        runs.append(len(runs))
        once_saved(lambda: counted.append("x"))
        if len(runs) == 1:
            raise Conflict

    conflict_once()

    assert (len(runs), counted) == (2, ["x"])


def test_it_is_counted_after_the_commit_and_not_before(counted: list[str]) -> None:
    seen_inside: list[str] = []

    @transactional
    def change() -> None:
        once_saved(lambda: counted.append(str(connection.in_atomic_block)))
        seen_inside.extend(counted)

    change()

    assert (seen_inside, counted) == ([], ["False"])


def test_a_counter_that_fails_harms_nothing(counted: list[str]) -> None:
    def broken() -> None:
        raise OSError("the disk is full")

    @transactional
    def change() -> str:
        once_saved(broken)
        once_saved(lambda: counted.append("x"))
        return "saved"

    assert change() == "saved"
    assert counted == ["x"]
