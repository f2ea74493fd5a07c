"""Django's SQLite, with short waits for those who want to write."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

R = TypeVar("R")

# SQLite's own pauses grow to a tenth of a second, while a change takes two thousandths:
# the file lay idle longer than it was written, and some waited for seconds.
PAUSE_S = 0.001
# Somebody is writing, or tidying up after a process that died. Not BUSY_SNAPSHOT:
# https://www.sqlite.org/rescode.html#busy_snapshot is not mended by waiting.
PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY}
# How many statements are remembered as SQLite wants them.
REMEMBERED = 500


class PatientCursor(base.SQLiteCursorWrapper):
    """Tries a statement until it is its turn. Raises sqlite3.OperationalError, as
    SQLite itself, when that takes longer than `patience_s`."""

    patience_s = 0.0

    def execute(self, query: Any, params: Any = None) -> Any:
        return self._in_turn(super().execute, query, params)

    def executemany(self, query: Any, param_list: Any) -> Any:
        if self.connection.in_transaction:  # then it is our turn
            return super().executemany(query, param_list)
        # Each is saved by itself, and must not be tried again with the next.
        for one in param_list:
            self.execute(query, one)
        return self

    def convert_query(
        self, query: str, *, param_names: Sequence[str] | None = None
    ) -> str:
        """Django's places as SQLite's: as long a work as a small statement itself."""
        if param_names is None:
            return _converted(query)
        return str(super().convert_query(query, param_names=param_names))

    def _in_turn(self, execute: Callable[..., R], *args: Any) -> R:
        begun = time.monotonic()
        while True:
            try:
                return execute(*args)
            except sqlite3.OperationalError as error:
                waited_s = time.monotonic() - begun
                if error.sqlite_errorcode not in PASSING or waited_s > self.patience_s:
                    raise
            time.sleep(PAUSE_S)


@lru_cache(REMEMBERED)
def _converted(query: str) -> str:
    places: str = base.FORMAT_QMARK_REGEX.sub("?", query)
    return places.replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """SQLite waits by itself until the connection is ready, and then no more."""
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout=0")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=PatientCursor)
        cursor.patience_s = self.settings_dict["OPTIONS"].get("timeout", 5.0)
        return cursor
