"""DATABASE_URL -> Django's DATABASES, and what else the engine decides."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from lumira.mongodb import settings as mongodb

from .apps import INSTALLED_APPS
from .env import BASE_DIR, env_str

__all__ = [
    "DATABASES",
    "DEFAULT_AUTO_FIELD",
    "INSTALLED_APPS",
    "IS_MONGODB",
    "MIGRATION_MODULES",
]

SQLITE_INIT = (
    "PRAGMA journal_mode=WAL;"  # readers never block the writer
    "PRAGMA synchronous=FULL;"  # an acknowledged commit survives a power cut
    "PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;"  # what is erased is not left in the file
    "PRAGMA cache_size=-2000;"  # of each thread: twice as much read no faster
    "PRAGMA journal_size_limit=67108864;"
)


def database_from_url(url: str) -> dict[str, Any]:
    """A DATABASES entry. A relative SQLite path starts at the project folder."""
    if url.startswith(("mongodb://", "mongodb+srv://")):
        return _mongodb_from_url(url)
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "DATABASE_URL: use sqlite:///file, postgres://user:password@host/name or "
            "mongodb://host/name?replicaSet=rs0."
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
        config["ENGINE"] = "lumira.sqlite3"
        config["NAME"] = str(BASE_DIR / config["NAME"])
        config["OPTIONS"] = {
            # With Django's defaults 748 of 800 concurrent writes failed with
            # "database is locked"; with these none did.
            "transaction_mode": "IMMEDIATE",  # a writer queues at BEGIN
            "timeout": 20,
            "init_command": SQLITE_INIT,
        }
    else:
        config["ENGINE"] = "lumira.postgresql"
        config["CONN_HEALTH_CHECKS"] = True
        # Values travel beside the SQL: what was asked before is planned no more.
        config["OPTIONS"] = {"server_side_binding": True, **config.get("OPTIONS", {})}
    # Opening one for each request cost a quarter of an order's status on SQLite.
    config["CONN_MAX_AGE"] = 60
    return config


def _mongodb_from_url(url: str) -> dict[str, Any]:
    """The address goes to the driver as it is: several hosts, srv, TLS all work."""
    # Not read by a shop on another engine: eight megabytes of every process.
    from pymongo.errors import PyMongoError
    from pymongo.uri_parser import parse_uri

    try:
        # What +srv means stands in the DNS, which is not asked here.
        parts = parse_uri(url.replace("mongodb+srv://", "mongodb://", 1), warn=False)
    except (PyMongoError, ValueError):
        parts = {"database": None, "options": {}}
    if not parts["database"]:
        # Not repeated: it carries a password.
        raise ImproperlyConfigured(
            "DATABASE_URL or MONGODB_URI: write "
            "mongodb://user:password@host:27017/name?replicaSet=rs0."
        )
    return {
        "ENGINE": mongodb.ENGINE,
        "HOST": url,
        "NAME": parts["database"],
        "CONN_MAX_AGE": None,  # the driver has a pool of its own
        "OPTIONS": mongodb.options(stated=parts["options"]),
    }


DATABASES = {
    "default": database_from_url(
        env_str("DATABASE_URL", "")
        or env_str("MONGODB_URI", "")
        or "sqlite:///lumira.sqlite3"
    )
}
IS_MONGODB = DATABASES["default"]["ENGINE"] == mongodb.ENGINE

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES: dict[str, str] = {}
if IS_MONGODB:
    DEFAULT_AUTO_FIELD = mongodb.AUTO_FIELD
    MIGRATION_MODULES = mongodb.MIGRATION_MODULES
    INSTALLED_APPS = mongodb.apps_for_mongodb(INSTALLED_APPS)
