"""Alive, and able to serve. Neither calls Stripe."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from huey.contrib.djhuey import HUEY


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations and queue are there; 503 and which one is not."""
    database = _database()
    checks = {
        "database": database,
        "migrations": database and _migrations(),
        "queue": _queue(),
    }
    status = 200 if all(checks.values()) else 503
    return JsonResponse(
        {"ready": status == 200, **checks, "environment": settings.ENVIRONMENT},
        status=status,
    )


def _database() -> bool:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return connection.is_usable()


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _queue() -> bool:
    try:
        HUEY.pending_count()
    except Exception:  # whatever the storage raises: it cannot be used
        return False
    return True
