"""Transactions that mean the same on SQLite, PostgreSQL and MongoDB.

Rules for what runs inside one:
- it may run twice, so it re-reads what it changes;
- no network, no mail, nothing outside the database;
- no database error is caught inside and survived: MongoDB has dropped the whole
  transaction by then. Let the error leave the block, and look again.
A block inside a block joins the outer one.
"""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

from lumira.kit.log_held import lines_held

P = ParamSpec("P")
R = TypeVar("R")

PATIENCE_S = 20.0
POSTGRES_CONFLICTS = {"40001", "40P01"}  # serialization_failure, deadlock_detected
SQLITE_BUSY = 5


def transactional(function: Callable[P, R]) -> Callable[P, R]:
    """Save everything `function` writes, or nothing; run it again on a conflict."""

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return function(*args, **kwargs)
        deadline = time.monotonic() + PATIENCE_S
        attempt = 0
        committed: list[bool] = []
        while True:
            try:
                with lines_held(), transaction.atomic():
                    transaction.on_commit(lambda: committed.append(True))
                    result = function(*args, **kwargs)
                    if transaction.get_rollback():
                        raise transaction.TransactionManagementError(
                            "A database error was swallowed in a transaction."
                        )
                    return result
            except Exception as error:
                # Once committed, only an on_commit callback can have failed.
                too_late = time.monotonic() >= deadline
                if committed or too_late or not is_conflict(error):
                    raise
            attempt += 1
            time.sleep(random.uniform(0, min(0.25, 0.004 * 2**attempt)))  # noqa: S311

    return wrapper


def is_conflict(error: BaseException | None) -> bool:
    """True when the same transaction, run again from the start, may well succeed."""
    while error is not None:
        if getattr(error, "sqlstate", None) in POSTGRES_CONFLICTS:
            return True
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == SQLITE_BUSY:
            return True
        # MongoDB: https://www.mongodb.com/docs/manual/core/transactions-in-applications/
        has_label = getattr(error, "has_error_label", None)
        if has_label and has_label("TransientTransactionError"):
            return True
        error = error.__cause__
    return False
