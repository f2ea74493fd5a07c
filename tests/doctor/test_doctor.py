"""What doctor says of a shop in order, and how."""

import json

import pytest
from django.conf import settings as ours
from django.core import mail
from django.db import connection
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.doctor.asking import ask
from tests.lumira.table_contents import table_contents
from tests.payments.purchases import open_purchase
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
on_a_safe_database = pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="the tests' own has fsync off, and doctor says so",
)


@on_a_safe_database
def test_a_shop_in_order_is_healthy(healthy: LiveServer) -> None:
    text, code = ask()

    assert (code, [line for line in text.splitlines() if line[:2] != "ok"]) == (
        0,
        [text.splitlines()[-1]],
    )
    assert text.splitlines()[-1].startswith("0 wrong, 0 warnings, ")


@on_a_safe_database
def test_programs_read_the_same(healthy: LiveServer) -> None:
    text, _code = ask("--json")

    told = json.loads(text)
    assert told["healthy"]
    subjects = {row["subject"] for row in told["findings"]}
    assert {"stripe", "webhook endpoint", "database", "worker", "mail"} <= subjects
    assert set(told["findings"][0]) == {"subject", "level", "what", "mend"}


def test_what_is_wrong_is_told_with_what_to_mend(
    healthy: LiveServer, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = "sk_live_lumira"

    text, code = ask()

    assert code == 1
    [line] = [line for line in text.splitlines() if line.startswith("wrong   stripe:")]
    assert " – copy STRIPE_SECRET_KEY again" in line


def test_it_writes_nothing_and_tells_nobody(
    healthy: LiveServer, sandbox: SandboxProcess, settings: Settings
) -> None:
    open_purchase()
    sandbox.wait_until_idle()  # its webhook is a row, too
    before, calls = table_contents(), len(sandbox.requests())

    ask()
    settings.STRIPE_SECRET_KEY = "sk_live_lumira"
    ask()

    assert table_contents() == before
    methods = {call["method"] for call in sandbox.requests()[calls:]}
    assert methods == {"GET"}
    assert mail.outbox == []


def test_it_prints_no_secret(healthy: LiveServer, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "postmaster", "hush-hush"

    texts = ask()[0] + ask("--json")[0]

    secrets = [
        ours.SECRET_KEY,
        ours.STRIPE_SECRET_KEY.rpartition("_")[2],
        *ours.STRIPE_WEBHOOK_SECRETS,
        *ours.ENCRYPTION_KEYS,
        "postmaster",
        "hush-hush",
    ]
    # The settings of the tests have short secrets, which are also words.
    long = [secret for secret in secrets if len(secret) > 7]
    assert len(long) >= 4
    assert [secret for secret in long if secret in texts] == []


@on_a_safe_database
def test_a_mail_is_sent_when_asked_for(healthy: LiveServer) -> None:
    text, code = ask("--send-mail", "ops@example.org")

    assert code == 0
    assert "ok      mail sent" in text
    assert [message.to for message in mail.outbox] == [["ops@example.org"]]


def test_a_look_that_fails_hides_no_other(
    healthy: LiveServer, settings: Settings
) -> None:
    settings.HUEY = {}  # doctor's look at the disks stumbles over it

    text, code = ask()

    assert code == 1
    assert "wrong   disk: could not be looked at (KeyError)" in text
    assert "ok      stripe:" in text
