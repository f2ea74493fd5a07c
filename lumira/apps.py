from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command
from django.db.models.signals import post_migrate

from lumira.kit.absent import as_if_absent
from lumira.uncaught import log_uncaught


class LumiraConfig(AppConfig):
    name = "lumira"
    verbose_name = "Lumira"

    def ready(self) -> None:
        from lumira import checks  # noqa: F401

        # It has widgets for fields that only PostgreSQL knows, and none of ours is one:
        # nine megabytes for a shop on another database.
        with as_if_absent("psycopg"):
            import_module("unfold.overrides")
        post_migrate.connect(_create_cache_table, sender=self)
        if settings.LOG_FORMAT == "json":
            log_uncaught()


def _create_cache_table(using: str, **_rest: Any) -> None:
    """`migrate` makes all tables, the cache's too, where the cache is a table."""
    call_command("createcachetable", database=using, verbosity=0)
