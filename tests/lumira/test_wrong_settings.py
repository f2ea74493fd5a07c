"""A wrong or missing value stops the start with one clear sentence (SPEC §1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lumira.starting import PRODUCTION, Started, Starter, run, starter

REQUIRED = [name for name in PRODUCTION if name != "ENVIRONMENT"]
WRONG = [
    ("ENVIRONMENT", "staging"),
    ("DEBUG", "yes"),
    ("PORT", "http"),
    ("PORT", "0"),
    ("PORT", "70000"),
    ("SITE_URL", "lumira.example"),
    ("SITE_URL", "ftp://lumira.example"),
    ("SITE_URL", "http://[::1"),
    ("SITE_URL", "http://localhost:port"),
    ("STRIPE_SECRET_KEY", "pk_test_swapped"),
    ("STRIPE_SECRET_KEY", "sk_prod_unheard_of"),
    ("STRIPE_PUBLISHABLE_KEY", "sk_test_swapped"),
    ("STRIPE_PUBLISHABLE_KEY", "pk_live_of_another_mode"),
    ("STRIPE_WEBHOOK_SECRET", "sk_test_not_a_signing_secret"),
    ("STRIPE_WEBHOOK_SECRET", "whsec_one,nonsense"),
    ("STRIPE_API_BASE", "localhost:12111"),
    ("STRIPE_JS_URL", "stripe.js"),
    ("DATABASE_URL", "mysql://localhost/lumira"),
    ("DATABASE_URL", "postgres://lumira@localhost:port/lumira"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "mongodb://localhost/?replicaSet=rs0"),
    ("DATABASE_URL", "mongodb://localhost:port/lumira"),
    ("DATABASE_URL", "mongodb+srv:///lumira"),
    ("REDIS_URL", "localhost:6379"),
    ("ENCRYPTION_KEY", "too-short"),
    ("ENCRYPTION_KEY", ","),
    ("ALLOWED_HOSTS", ","),
    ("EMAIL_URL", "pigeon://loft"),
    ("EMAIL_URL", "smtp://mail.example:port"),
    ("MEDIA_URL_STORAGE", "ftp://somewhere"),
    ("MEDIA_URL_STORAGE", "s3://key:secret@bucket"),
    ("MAX_AMOUNT_THRESHOLD", "0"),
    ("MAX_AMOUNT_THRESHOLD", "200.50"),
    ("FAILURE_RATE_THRESHOLD", "ten percent"),
    ("FAILURE_RATE_THRESHOLD", "nan"),
    ("FAILURE_RATE_MIN_COUNT", "0"),
    ("MONITORING_WINDOW_MINUTES", "an hour"),
    ("WEBHOOK_SILENCE_MINUTES", "1"),
    ("DISPUTE_LAST_CALL_HOURS", "0"),
    ("QUEUE_BACKLOG_THRESHOLD", "-1"),
    ("ALERT_COOLDOWN_MINUTES", "0"),
    ("ALERT_WEBHOOK_URL", "hooks.example/services/x"),
    ("TRUSTED_PROXY_COUNT", "-1"),
    ("SANDBOX_PORT", "twelve"),
    ("LIMITS", "some"),
    ("LIMITS_FACTOR", "0"),
    ("STAFF_TWO_FACTOR", "maybe"),
    ("WEB_CONCURRENCY", "0"),
    ("WEB_CONCURRENCY", "many"),
    ("WEB_THREADS", "1.5"),
    ("METRICS_TOKEN", "too-short"),
    ("METRICS_TOKEN", "with spaces it is no header"),
    ("LEGAL_SIRET", "123 456 782 00011"),
    ("LEGAL_SIRET", "soon"),
    ("LEGAL_VAT", "none"),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    with starter(tmp_path_factory.mktemp("shop")) as process:
        yield process


def assert_stopped_with_one_sentence(started: Started, name: str) -> None:
    lines = started.output.strip().splitlines()
    assert started.returncode != 0, f"It started: {lines}"
    assert len(lines) == 1, f"{len(lines)} lines, the last: {lines[-1:]}"
    assert lines[0].startswith("Configuration: ")
    assert name in lines[0]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_stops_the_start(shop: Starter, name: str, value: str) -> None:
    started = shop.check(**{name: value})

    assert_stopped_with_one_sentence(started, name)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_value_stops_production(shop: Starter, name: str) -> None:
    started = shop.check(**(PRODUCTION | {name: " "}))

    assert_stopped_with_one_sentence(started, name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "1"),
        ("LIMITS", "off"),
        ("SITE_URL", "http://lumira.example"),
        ("STRIPE_WEBHOOK_SECRET", ","),
    ],
)
def test_what_is_fine_elsewhere_stops_production(
    shop: Starter, name: str, value: str
) -> None:
    started = shop.check(**(PRODUCTION | {name: value}))

    assert_stopped_with_one_sentence(started, name)


def test_mongodb_in_production_wants_redis(shop: Starter) -> None:
    started = shop.check(**(PRODUCTION | {"DATABASE_URL": "mongodb://db/lumira"}))

    assert_stopped_with_one_sentence(started, "REDIS_URL")


def test_the_sandboxs_public_keys_are_refused_in_production(shop: Starter) -> None:
    keys = {
        "STRIPE_SECRET_KEY": "sk_test_lumirasandbox0000000000",
        "STRIPE_PUBLISHABLE_KEY": "pk_test_lumirasandbox0000000000",
    }

    started = shop.check(**(PRODUCTION | keys))

    assert_stopped_with_one_sentence(started, "STRIPE_SECRET_KEY")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STRIPE_SECRET_KEY", "sk_prod_my_own_secret"),
        ("DATABASE_URL", "mongodb://lumira:my_own_secret@db:port/lumira"),
    ],
)
def test_no_secret_is_repeated_in_the_sentence(
    shop: Starter, name: str, value: str
) -> None:
    started = shop.check(**{name: value})

    assert "my_own_secret" not in started.output


@pytest.mark.parametrize(
    "variables", [{"ENVIRONMENT": "development"}, PRODUCTION], ids=["here", "live"]
)
def test_good_values_start(shop: Starter, variables: dict[str, str]) -> None:
    started = shop.check(**variables)

    assert (started.returncode, "no issues" in started.output) == (0, True)


def test_the_web_server_stops_with_the_same_sentence(tmp_path: Path) -> None:
    ended = run(tmp_path, "import lumira.wsgi", ENVIRONMENT="staging")

    started = Started(ended.returncode, ended.stderr)
    assert_stopped_with_one_sentence(started, "ENVIRONMENT")
