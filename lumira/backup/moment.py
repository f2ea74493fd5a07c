"""Read the whole database as it was at one moment, while the shop goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of the moment of the first read. Write nothing.

    Nobody waits for it: writers of all three engines leave old versions to a reader.
    MongoDB keeps them for five minutes (`minSnapshotHistoryWindowInSeconds`) and then
    refuses; the other engines for as long as it takes.
    """
    connection.ensure_connection()
    if connection.vendor == "mongodb":
        with _mongodb():
            yield
    elif connection.vendor == "sqlite":
        with _sqlite():
            yield
    else:
        with transaction.atomic():  # noqa: TID251 (only reads: nothing to run again)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
            yield


@contextmanager
def _sqlite() -> Iterator[None]:
    """Our transactions take the writers' turn at once; this one must not."""
    wrapper: Any = connection
    usual = wrapper.transaction_mode
    wrapper.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():  # noqa: TID251 (as above)
            yield
    finally:
        wrapper.transaction_mode = usual


@contextmanager
def _mongodb() -> Iterator[None]:
    """Not a transaction: those end after seconds."""
    wrapper: Any = connection
    with wrapper.connection.start_session(snapshot=True) as session:
        wrapper.session = session
        try:
            yield
        finally:
            wrapper.session = None
