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
    "lighthouse": "how pages load",
    "screens": "how pages look",
    "budgets/test_downloads.py": "how pages load",
    "budgets/test_start.py": "a start of its own, on SQLite",
    "browser/test_built_files.py": "about files",
    "storage": "about files",
    "design": "about styles and templates",
    "browser/test_pages.py": "how pages look",
    "browser/test_card_dress.py": "how pages look",
    "browser/test_following.py": "what the browser does",
    "browser/test_payment_states.py": "what the browser does",
    "browser/test_connection_notice.py": "what the browser says",
    "browser/test_kept_answers.py": "what the browser does",
    "browser/test_kept_form.py": "what the browser does",
    "browser/test_order_form.py": "what the browser does",
    "orders/test_birth_fields.py": "about texts",
    "browser/test_policy_admin.py": "what the browser forbids",
    "browser/test_policy_shop.py": "what the browser forbids",
    "browser/test_catalogue_preview.py": "how pages look",
    "browser/test_home_and_experts.py": "how pages look",
    "browser/test_staff_keyboard.py": "how pages are used",
    "browser/test_staff_screens.py": "how pages look",
    "browser/test_three_d_secure.py": "what the browser does; test_paying.py pays",
    "mails": "no database at all",
    "metrics/test_door.py": "about a token",
    "metrics/test_measured.py": "no database at all",
    "metrics/test_ops_files.py": "about files",
    "metrics/test_shared_files.py": "about files",
    "metrics/test_web_processes.py": "gunicorn and files; test_measures.py asks",
    "money/test_mutations.py": "copies run side by side, on SQLite",
    "security": "about headers, settings and bodies",
    "found/test_english_visitors.py": "about texts",
    "found/test_heads.py": "about texts",
    "found/test_icons.py": "about files",
    "found/test_linked_data.py": "about texts",
    "found/test_kept_parts.py": "about templates",
    "found/test_own_values.py": "no database at all",
    "browser/test_language_links.py": "what the browser does",
    "fuzz/test_openapi.py": "about the document; test_real_ids.py asks further",
    "fuzz/test_unreadable_forms.py": "no database at all",
    "logs/test_access_log.py": "about lines of text",
    "logs/test_filter.py": "about lines of text",
    "logs/test_filter_hints.py": "about lines of text",
    "logs/test_lines.py": "about lines of text",
    "logs/test_sentry.py": "starts of its own, on SQLite",
    "logs/test_watching.py": "runs of its own, without a database",
    "lumira/test_error_pages.py": "about texts",
    "lumira/test_module_bundle.py": "about files",
    "lumira/test_languages.py": "about texts and their translations",
    "lumira/test_static_files.py": "about files",
    "lumira/test_wrong_settings.py": "starts of its own, on SQLite",
    "lumira/test_settings.py": "starts of its own, on SQLite",
    "operate/test_docker_files.py": "reads files",
    "operate/test_systemd_units.py": "reads files",
    "operate/test_serve.py": "a start of its own, on SQLite",
    "orders/test_legal_pages.py": "about texts",
    "orders/test_robots.py": "about texts",
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
