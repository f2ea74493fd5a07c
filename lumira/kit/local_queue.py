"""huey's queue in a file of SQLite's, without waiting for the disk."""

import sqlite3

from huey import SqliteHuey
from huey.storage import SqliteStorage


class LocalStorage(SqliteStorage):  # type: ignore[misc]  # huey has no types
    """A task put in is not worth a wait of the customer's, or of Stripe's.

    A power cut may take the last tasks, and nothing else: with a write-ahead log this
    never harms the file (https://www.sqlite.org/pragma.html#pragma_synchronous). Who
    put them in has saved what is to be done, and the worker's sweeps find it.
    """

    def _create_connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = super()._create_connection()
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection


class LocalHuey(SqliteHuey):  # type: ignore[misc]  # as above
    storage_class = LocalStorage
