"""What a database file keeps of rows that are gone."""

from django.db import connection


def wipe_freed_space() -> None:
    """Let SQLite's log, which still has the old pages, be emptied. Safe to repeat.

    The file itself keeps nothing: `secure_delete` writes zeros over what is deleted.
    While somebody reads an old page the log stays, until the next time. PostgreSQL
    and MongoDB do this by themselves, in their own time (docs/security.md).
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        # It keeps writers waiting for readers: not for long.
        cursor.execute("PRAGMA busy_timeout = 500")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA busy_timeout = 0")  # lumira/sqlite3 waits for us
