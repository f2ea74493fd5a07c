"""Which tests run on which engine, and how each leaves nothing behind.

SQLite runs all of them. The others leave out what never meets the database: it is the
same code on every engine, and SQLite's run has tested it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.engines.isolation import put_back_after_tests

TESTS = Path(__file__).resolve().parents[1]
# Folder or file -> why another engine would tell nothing.
SQLITE_IS_ENOUGH = {
    "sandbox": "a process of its own, with its own store",
    "oracles": "about the sandbox's and our words to Stripe",
    "types": "JavaScript",
    "house": "reads source files",
    "browser/test_pages.py": "how pages look",
    "browser/test_catalogue_preview.py": "how pages look",
    "browser/test_staff_keyboard.py": "how pages are used",
    "browser/test_staff_screens.py": "how pages look",
    "browser/test_three_d_secure.py": "what the browser does; test_paying.py pays",
    "money/test_mutations.py": "copies run side by side, on SQLite",
    "lumira/test_languages.py": "about texts and their translations",
    "lumira/test_static_files.py": "about files",
    "lumira/test_wrong_settings.py": "starts of its own, on SQLite",
    "lumira/test_settings.py": "starts of its own, on SQLite",
}


def pytest_report_header() -> str:
    return f"engine: {connection.display_name}"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if connection.vendor == "sqlite":
        return
    paths = [TESTS / name for name in SQLITE_IS_ENOUGH]
    left_out = [
        item for item in items if any(item.path.is_relative_to(path) for path in paths)
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            put_back_after_tests(patch)
        yield
