"""What must hold on the engine under test, whichever it is."""

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tests.engines.plugin import SQLITE_IS_ENOUGH, TESTS

pytestmark = pytest.mark.django_db


def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_the_checks_of_the_database_find_nothing() -> None:
    call_command(
        "check", databases=["default"], fail_level="WARNING", stderr=StringIO()
    )


def test_migrate_has_nothing_left_to_do() -> None:
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_migrate_makes_the_caches_table_where_the_cache_is_a_table() -> None:
    tables = connection.introspection.table_names()

    assert ("lumira_cache" in tables) == (connection.vendor != "mongodb")


def test_what_one_process_may_add_to_the_cache_another_may_not() -> None:
    answers = [cache.add("tests-of-engines", 1, timeout=60) for _process in range(2)]

    cache.delete("tests-of-engines")
    assert answers == [True, False]


def test_what_is_left_to_sqlite_exists() -> None:
    assert [name for name in SQLITE_IS_ENOUGH if not (TESTS / name).exists()] == []
