"""The rules of the house, checked like any other behaviour."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

HOUSE = Path(settings.BASE_DIR)
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True
).stdout.splitlines()
SOURCES = [
    HOUSE / name
    for name in TRACKED
    if Path(name).suffix in {".py", ".html", ".js", ".css"}
    and "migrations" not in name
    and (HOUSE / name).exists()
]
NAMELESS = {"utils.py", "helpers.py", "common.py", "services.py", "managers.py"}


@pytest.fixture(autouse=True)
def _needs_a_checkout() -> None:
    if not TRACKED:
        pytest.skip("Not a git checkout: there is no list of our files.")


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(HOUSE)) for path in paths]


def test_a_file_fits_on_a_few_screens() -> None:
    long = [path for path in SOURCES if len(path.read_text().splitlines()) > 300]

    assert names(long) == []


def test_a_file_is_named_after_what_it_does() -> None:
    assert names([path for path in SOURCES if path.name in NAMELESS]) == []


def test_orders_never_heard_of_stripe() -> None:
    orders = [path for path in SOURCES if path.is_relative_to(HOUSE / "orders")]
    heard = [path for path in orders if "stripe" in path.read_text().lower()]

    assert names(heard) == []


def test_nothing_names_a_machine_or_a_package_registry() -> None:
    foreign = re.compile(
        rf"{re.escape(str(HOUSE))}/|{re.escape(str(Path.home()))}/|https?://[^\s\"']*/(simple|packages)/"
    )
    texts = [HOUSE / name for name in TRACKED if (HOUSE / name).is_file()]
    found = [
        path
        for path in texts
        if path.suffix not in {".webp", ".woff2", ".mo"}
        and foreign.search(path.read_text(errors="ignore"))
    ]

    assert names(found) == []


def test_the_settings_page_names_every_variable() -> None:
    """README's table, .env.example and the settings speak of the same variables."""
    read = re.compile(
        r"env_\w+\(\s*\"([A-Z_]+)\"|required_in_production\(\s*\"([A-Z_]+)\""
    )
    code = "".join(
        path.read_text() for path in (HOUSE / "lumira" / "settings").glob("*.py")
    )
    variables = {first or second for first, second in read.findall(code)}
    example = (HOUSE / ".env.example").read_text()

    assert len(variables) > 20
    assert {name for name in variables if name not in example} == set()


def test_the_web_server_and_the_demo_can_be_read() -> None:
    for module in ("lumira.demo", "lumira.wsgi", "payments.sandbox.settings"):
        subprocess.run(
            [sys.executable, "-c", f"import {module}"], cwd=HOUSE, check=True
        )
