"""`manage.py check --deploy` with production's settings, as an operator runs it."""

import subprocess
from pathlib import Path

import pytest

from tests.lumira.starting import PRODUCTION, run
from tests.orders.operator_values import OPERATOR

CHECK = """
import runpy, sys
sys.argv = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
runpy.run_path("manage.py", run_name="__main__")
"""
BEHIND_A_PROXY = PRODUCTION | {"TRUSTED_PROXY_COUNT": "1"} | OPERATOR


def check(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return run(folder, CHECK, **(BEHIND_A_PROXY | variables))


def test_production_is_clean(tmp_path: Path) -> None:
    ended = check(tmp_path)

    assert (ended.returncode, "no issues" in ended.stdout) == (0, True), ended.stderr


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"TRUSTED_PROXY_COUNT": "0"}, "lumira.W001"),
        ({"LEGAL_HOST": ""}, "LEGAL_HOST"),
        ({"LEGAL_VAT": ""}, "lumira.W002"),
        ({"STRIPE_API_BASE": "http://localhost:12111"}, "payments.E001"),
        ({"STRIPE_API_BASE": "https://api.stripe.com.evil.example"}, "payments.E001"),
        ({"STRIPE_JS_URL": "https://cdn.example/stripe.js"}, "payments.E001"),
        ({"STRIPE_JS_URL": "https://js.stripe.com/clover/stripe.js"}, "payments.E002"),
        (
            {
                "STRIPE_SECRET_KEY": "rk_test_51Hxxxxxxxxxxxx",
                "STRIPE_PUBLISHABLE_KEY": "pk_test_51Hxxxxxxxxxxxx",
            },
            "payments.W001",
        ),
    ],
)
def test_what_is_doubtful_is_said(
    tmp_path: Path, variables: dict[str, str], complaint: str
) -> None:
    ended = check(tmp_path, **variables)

    assert ended.returncode != 0
    assert complaint in ended.stderr


def test_who_owes_no_vat_needs_no_number(tmp_path: Path) -> None:
    assert check(tmp_path, LEGAL_VAT="exempt").returncode == 0


@pytest.mark.parametrize("value", ["subdomains", "preload"])
def test_hsts_for_more_than_the_host_is_as_clean(tmp_path: Path, value: str) -> None:
    assert check(tmp_path, HSTS=value).returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "lumira.example,*"),
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY", "ab" * 40),
        ("HSTS", "maybe"),
    ],
)
def test_what_is_plainly_wrong_stops_the_start(
    tmp_path: Path, name: str, value: str
) -> None:
    ended = check(tmp_path, **{name: value})

    assert ended.returncode != 0
    assert ended.stderr.startswith(f"Configuration: {name}")
    assert len(ended.stderr.strip().splitlines()) == 1
