"""The task queue and the cache: a file and the database, or Redis."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .databases import IS_MONGODB
from .env import BASE_DIR, ENVIRONMENT, IS_PRODUCTION, env_str, env_url
from .web import STOP_PATIENCE_S

__all__ = ["CACHES", "HUEY", "MAINTENANCE_FILE"]

REDIS_URL = env_url("REDIS_URL", "", schemes=("redis", "rediss"))
if IS_MONGODB and IS_PRODUCTION and not REDIS_URL:
    raise ImproperlyConfigured(
        "REDIS_URL is not set; with MongoDB in production the task queue and the cache "
        "are in Redis."
    )
QUEUE_FILE = BASE_DIR / env_str("QUEUE_FILE", "var/queue.sqlite3")
QUEUE_FILE.parent.mkdir(parents=True, exist_ok=True)
# While it is there the shop is closed: lumira/maintenance.py.
MAINTENANCE_FILE = QUEUE_FILE.with_name("maintenance")

HUEY = {
    "name": "lumira",
    "huey_class": (
        "huey.PriorityRedisHuey" if REDIS_URL else "lumira.kit.local_queue.LocalHuey"
    ),
    "connection": {"url": REDIS_URL} if REDIS_URL else {"filename": str(QUEUE_FILE)},
    # A result nobody reads is a row nobody deletes.
    "results": False,
    "immediate": ENVIRONMENT == "test",
    "consumer": {
        "workers": 2,
        "worker_type": "thread",
        "verbose": False,
        # By default SIGTERM ends tasks in the middle, and who stops services sends it.
        "graceful_signal": "TERM",
        "shutdown_timeout": STOP_PATIENCE_S,
    },
}


def _cache() -> dict[str, Any]:
    """What all processes share, except with MongoDB on a developer's machine."""
    if REDIS_URL:
        return {
            "BACKEND": "lumira.kit.redis_cache.OptionalRedisCache",
            "LOCATION": REDIS_URL,
            # One that is away is not waited for: a payment is being made.
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    if IS_MONGODB:  # Django's database cache speaks SQL
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "lumira_cache",  # lumira/apps.py makes the table
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


CACHES = {
    "default": _cache(),
    # What one process remembers for moments: not worth a durable write.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}
