"""What the cache keeps beyond its time, where the cache is a table."""

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils.timezone import now


def forget_expired(*, dry_run: bool) -> int:
    """Delete what is over; how much. Redis does so by itself: 0.

    The table has no model, and Django deletes from it only once it is full.
    """
    cache = caches["default"]  # behind the proxy, whose class says nothing
    if not isinstance(cache, DatabaseCache):
        return 0
    table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]
    moment = connection.ops.adapt_datetimefield_value(now().replace(microsecond=0))
    with connection.cursor() as cursor:
        if dry_run:
            cursor.execute(
                f"SELECT COUNT(*) FROM {table} WHERE expires < %s",  # noqa: S608
                [moment],
            )
            return int(cursor.fetchone()[0])
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [moment])  # noqa: S608
        return int(cursor.rowcount)
