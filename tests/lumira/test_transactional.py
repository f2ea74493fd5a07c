"""lumira.kit.db.transactional: all or nothing, and again on a conflict."""

import sqlite3

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.db.transaction import TransactionManagementError

from lumira.kit.db import is_conflict, transactional
from lumira.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def write(key: str) -> Message:
    return Message.objects.create(topic="order_paid", key=key)


def busy() -> OperationalError:
    """What Django raises when SQLite cannot get its lock."""
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    error = OperationalError("database is locked")
    error.__cause__ = cause
    return error


def test_an_error_undoes_everything_written_before_it() -> None:
    @transactional
    def change() -> None:
        write("first")
        raise ValueError

    with pytest.raises(ValueError):
        change()

    assert not Message.objects.exists()


def test_a_block_inside_a_block_is_undone_with_the_outer_one() -> None:
    inner = transactional(lambda: write("inner"))

    @transactional
    def outer() -> None:
        inner()
        raise ValueError

    with pytest.raises(ValueError):
        outer()

    assert not Message.objects.exists()


def test_a_conflict_runs_the_whole_change_again() -> None:
    runs: list[int] = []

    @transactional
    def change() -> str:
        runs.append(1)
        write("only once")
        if len(runs) < 3:
            raise busy()
        return "done"

    answer = change()

    assert (answer, len(runs)) == ("done", 3)
    assert Message.objects.count() == 1


def test_another_error_is_not_tried_again() -> None:
    write("taken")
    runs: list[int] = []

    @transactional
    def change() -> None:
        runs.append(1)
        write("taken")

    with pytest.raises(IntegrityError):
        change()

    assert len(runs) == 1


def test_an_error_after_the_commit_does_not_run_the_change_again() -> None:
    runs: list[int] = []

    def fail() -> None:
        raise busy()

    @transactional
    def change() -> None:
        runs.append(1)
        write("kept")
        transaction.on_commit(fail)

    with pytest.raises(OperationalError):
        change()

    assert len(runs) == 1
    assert Message.objects.filter(key="kept").exists()


def test_a_swallowed_database_error_is_not_committed_over() -> None:
    write("taken")

    @transactional
    def change() -> None:
        write("before")
        try:
            write("taken")
        except DatabaseError:
            return

    with pytest.raises(TransactionManagementError):
        change()

    assert not Message.objects.filter(key="before").exists()


class WithState(Exception):
    """An error that carries PostgreSQL's code."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


class WithLabel(Exception):
    """An error that carries MongoDB's label."""

    def has_error_label(self, label: str) -> bool:
        return label == "TransientTransactionError"


@pytest.mark.parametrize(
    ("error", "conflict"),
    [
        (busy(), True),
        (WithState("40001"), True),
        (WithState("40P01"), True),
        (WithState("23505"), False),
        (WithLabel(), True),
        (IntegrityError("UNIQUE constraint failed"), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_only_a_conflict_is_worth_another_run(
    error: Exception | None, conflict: bool
) -> None:
    assert is_conflict(error) is conflict
