"""What the settings change when DATABASE_URL is mongodb://…"""

from collections.abc import Collection
from typing import Any

ENGINE = "lumira.mongodb.backend"
# Django's own models have integer keys, which MongoDB does not count up.
AUTO_FIELD = "django_mongodb_backend.fields.ObjectIdAutoField"
_CONTRIB = {
    "django.contrib.admin": "lumira.mongodb.apps.MongoAdminConfig",
    "django.contrib.auth": "lumira.mongodb.apps.MongoAuthConfig",
    "django.contrib.contenttypes": "lumira.mongodb.apps.MongoContentTypesConfig",
}
# Their migrations too: the originals make integer keys.
MIGRATION_MODULES = {
    "admin": "lumira.mongodb.migrations.admin",
    "auth": "lumira.mongodb.migrations.auth",
    "contenttypes": "lumira.mongodb.migrations.contenttypes",
}
# Money is acknowledged by a majority of the nodes and read as a majority has it:
# with w=1 a killed primary lost 5 to 9 acknowledged writes, with majority none.
_SAFETY: dict[str, Any] = {
    "w": "majority",
    "journal": True,
    "readConcernLevel": "majority",
    "retryWrites": True,
}
_PATIENCE: dict[str, Any] = {
    # An election lasts up to twelve seconds; gunicorn waits sixty for an answer.
    "serverSelectionTimeoutMS": 20_000,
    "socketTimeoutMS": 50_000,
    "appname": "lumira",
}


def options(stated: Collection[str]) -> dict[str, Any]:
    """For the driver. What the address states wins, except over safety."""
    patience = {name: _PATIENCE[name] for name in _PATIENCE if name not in stated}
    return _SAFETY | patience


def apps_for_mongodb(apps: list[str]) -> list[str]:
    """INSTALLED_APPS, with Django's own apps keyed as MongoDB can."""
    return [_CONTRIB.get(app, app) for app in apps]
