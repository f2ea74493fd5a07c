"""What good settings become. Wrong ones: test_wrong_settings.py."""

import json
from pathlib import Path
from typing import Any

from tests.lumira.starting import PRODUCTION, run


def settings_with(folder: Path, *names: str, **variables: str) -> dict[str, Any]:
    """The named settings as a fresh process reads them."""
    code = (
        "import json; from lumira import settings; "
        f"found = {{name: getattr(settings, name) for name in {names!r}}}; "
        "print(json.dumps(found, default=str))"
    )
    answer = run(folder, code, **variables)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_values_are_stripped_of_spaces(tmp_path: Path) -> None:
    spaced = {name: f"  {value} \t" for name, value in PRODUCTION.items()}
    names = (
        "ENVIRONMENT",
        "SECRET_KEY",
        "SITE_URL",
        "STRIPE_SECRET_KEY",
        "STRIPE_PUBLISHABLE_KEY",
        "DEFAULT_FROM_EMAIL",
    )

    read = settings_with(tmp_path, *names, **spaced)

    assert read == {name: PRODUCTION[name] for name in names}


def test_a_list_is_stripped_too(tmp_path: Path) -> None:
    read = settings_with(
        tmp_path,
        "STRIPE_WEBHOOK_SECRETS",
        "ALLOWED_HOSTS",
        STRIPE_WEBHOOK_SECRET=" whsec_new , whsec_old ,",
        ALLOWED_HOSTS=" lumira.example , www.lumira.example ",
    )

    assert read["STRIPE_WEBHOOK_SECRETS"] == ["whsec_new", "whsec_old"]
    assert read["ALLOWED_HOSTS"] == ["lumira.example", "www.lumira.example"]


def test_the_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    read = settings_with(
        tmp_path,
        "ENVIRONMENT",
        "PORT",
        "SITE_URL",
        "MAX_AMOUNT_THRESHOLD",
        "FAILURE_RATE_THRESHOLD",
        "TRUSTED_PROXY_COUNT",
        "STRIPE_API_BASE",
        "LANGUAGE_CODE",
        "DEBUG",
    )

    assert read == {
        "ENVIRONMENT": "development",
        "PORT": 3001,
        "SITE_URL": "http://localhost:3001",
        "MAX_AMOUNT_THRESHOLD": 20000,
        "FAILURE_RATE_THRESHOLD": 0.1,
        "TRUSTED_PROXY_COUNT": 0,
        "STRIPE_API_BASE": "http://localhost:12111",
        "LANGUAGE_CODE": "fr",
        "DEBUG": False,
    }


def test_real_keys_mean_the_real_stripe(tmp_path: Path) -> None:
    read = settings_with(
        tmp_path,
        "STRIPE_API_BASE",
        "STRIPE_JS_URL",
        "STRIPE_WEBHOOK_SECRETS",
        STRIPE_SECRET_KEY="rk_test_51Hreal",
        STRIPE_PUBLISHABLE_KEY="pk_test_51Hreal",
    )

    assert read == {
        "STRIPE_API_BASE": "",
        "STRIPE_JS_URL": "https://js.stripe.com/endive/stripe.js",
        "STRIPE_WEBHOOK_SECRETS": [],
    }


def test_production_keeps_cookies_on_https(tmp_path: Path) -> None:
    read = settings_with(
        tmp_path,
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        **PRODUCTION,
    )

    assert read["SESSION_COOKIE_SECURE"]
    assert read["CSRF_COOKIE_SECURE"]
    assert read["SECURE_HSTS_SECONDS"] >= 31_536_000
