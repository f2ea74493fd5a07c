"""Alive, and able to serve. Neither calls Stripe."""

import time
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from huey.contrib.djhuey import HUEY

from lumira.maintenance import maintenance
from lumira.worker_life import last_seen

Names = frozenset[tuple[str, str]]


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations and queue are there; 503 and which one is not.

    A worker that is away is said and does not make it 503: the shop sells without
    one, and a proxy that took the web away as well would make it worse. Nor does
    maintenance: the page that tells of it comes from here.
    """
    database = is_database_there()
    checks = {
        "database": database,
        "migrations": database and is_migrated(),
        "queue": is_queue_there(),
    }
    status = 200 if all(checks.values()) else 503
    answer = {
        "ready": status == 200,
        **checks,
        "worker_seen_seconds_ago": worker_seen_ago(),
        "maintenance": maintenance() is not None,
        "environment": settings.ENVIRONMENT,
    }
    return JsonResponse(answer, status=status)


def is_database_there() -> bool:
    try:
        connection.ensure_connection()
        return connection.is_usable()
    except DatabaseError:
        return False


def is_migrated() -> bool:
    """Whether each migration of this code is applied. Those of a later release, which
    another process may have begun to serve, are no harm."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return False
    return _migrations_of_this_code() <= applied.keys()


def is_queue_there() -> bool:
    try:
        HUEY.pending_count()
    except Exception:  # whatever the storage raises: it cannot be used
        return False
    return True


def worker_seen_ago() -> int | None:
    """Seconds since a worker of our queue was at work, which it says every minute.

    None: never, or the queue cannot be read.
    """
    try:
        seen = last_seen()
    except Exception:  # as above
        return None
    return None if seen is None else max(0, round(time.time() - seen))


@lru_cache(maxsize=1)
def _migrations_of_this_code() -> Names:
    """Reading a hundred files takes longer than the rest, and they do not change.

    Without those that stand for several others: whoever applied these has it too.
    """
    found = MigrationLoader(None).disk_migrations
    return frozenset(name for name, one in found.items() if not one.replaces)
