"""Doctor about everything that is not Stripe: each broken on purpose."""

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.utils.timezone import now
from huey.contrib.djhuey import HUEY
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lumira.outbox.models import MAX_ATTEMPTS, Message
from lumira.worker_life import SEEN
from payments.doctor import database, encryption, files, mail, site, work
from payments.doctor.examination import IN_THE_DATABASE
from payments.doctor.finding import Finding
from payments.models import ReconcileRun
from payments.monitoring.alarms import alarm
from tests.doctor.asking import findings, only
from tests.factories.orders import make_order
from tests.factories.reconcile_runs import line, make_run

pytestmark = pytest.mark.django_db(transaction=True)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


def answer(server: socket.socket, *lines: bytes) -> threading.Thread:
    """Say these, one after each line that is heard; the first at once."""

    def serve() -> None:
        caller, _address = server.accept()
        with caller, caller.makefile("rwb") as talk:
            for line in lines:
                talk.write(line + b"\r\n")
                talk.flush()
                talk.readline()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


def test_a_host_that_is_not_allowed(settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "http://127.0.0.1:1", ["lumira.example"]

    found = findings(site.check_address)

    assert found[0].level == "wrong"
    assert "ALLOWED_HOSTS" in found[0].what


def test_any_host_is_too_many(settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "http://127.0.0.1:1", ["*"]

    assert findings(site.check_address)[0].level == "warning"


def test_somebody_elses_page(live_server: LiveServer, settings: Settings) -> None:
    settings.SITE_URL = f"{live_server.url}/api/docs?"
    settings.ALLOWED_HOSTS = ["localhost"]

    assert "somebody else's page" in only(site.check_address).what


def test_a_mail_server_that_lets_us_in(mail_server: socket.socket) -> None:
    thread = answer(mail_server, b"220 hello", b"250 hello", b"221 bye")

    assert only(mail.check_mail).level == "ok"
    thread.join(5)


def test_a_mail_server_that_does_not(
    mail_server: socket.socket, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "user", "wrong"
    thread = answer(
        mail_server,
        b"220 hello",
        b"250-hello\r\n250 AUTH PLAIN",
        b"535 5.7.8 user@example.org is unknown",
        b"221 bye",
    )

    found = only(mail.check_mail)
    thread.join(5)

    assert found.level == "wrong"
    assert f"{smtplib.SMTPAuthenticationError.__name__} 535" in found.what
    assert "user@" not in found.what


def test_mail_that_is_only_printed_in_production(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.ENVIRONMENT = "production"

    found = only(mail.check_mail)

    assert found.level == "warning"
    assert "console" in found.what


def test_a_worker_that_went_away() -> None:
    HUEY.put(SEEN, time.time() - 600)

    found = only(work.check_worker)

    assert found.level == "wrong"
    assert "last seen 60" in found.what


def test_a_worker_that_never_came() -> None:
    HUEY.get(SEEN)

    assert "never seen" in only(work.check_worker).what


def test_a_queue_that_is_behind(settings: Settings) -> None:
    settings.QUEUE_BACKLOG_THRESHOLD = 1
    try:
        for number in range(2):
            HUEY.storage.enqueue(f"task {number}".encode())
        found = only(work.check_queue)
    finally:
        HUEY.storage.flush_queue()

    assert (found.level, found.what) == ("warning", "2 tasks wait")


def test_books_that_are_not_compared() -> None:
    assert only(work.check_reconcile).level == "warning"
    run = make_run(started_at=now() - timedelta(hours=2))
    assert only(work.check_reconcile).level == "wrong"

    ReconcileRun.objects.filter(pk=run.pk).update(started_at=now(), problems=["x"])

    assert "left 1 things" in only(work.check_reconcile).what


def test_drift_that_nobody_mended() -> None:
    make_run(left=[line("refund", "re_1"), line("refund", "re_2")])

    found = only(work.check_reconcile)

    assert (found.level, "left 2 things" in found.what) == ("wrong", True)


def test_messages_that_did_not_go() -> None:
    old = now() - timedelta(minutes=11)
    Message.objects.create(topic="alert", key="dead", attempts=MAX_ATTEMPTS)
    Message.objects.create(topic="alert", key="late", created_at=old)

    dead, late = findings(work.check_messages)

    assert (dead.level, late.level) == ("wrong", "warning")


def test_alarms_in_force_are_told() -> None:
    alarm("failure_rate", at=now(), facts={})

    found = only(work.check_alarms)

    assert found.level == "warning"
    assert found.what.startswith("failure_rate since ")


def test_answers_that_no_key_reads(settings: Settings) -> None:
    make_order(intake={"firstName": "Alice"})
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    make_order(intake={"firstName": "Alice"})

    found = [
        one for one in findings(encryption.check_encryption) if one.level == "wrong"
    ]

    assert [one.what for one in found] == [
        "1 of 2 orders.Order cannot be read with any of ENCRYPTION_KEY"
    ]


def test_static_files_that_nobody_collected(settings: Settings, tmp_path: Path) -> None:
    settings.WHITENOISE_USE_FINDERS = False
    settings.STATIC_ROOT = tmp_path

    found = only(files.check_static_files)

    assert found.level == "wrong"
    assert "collectstatic" in found.mend


def test_a_folder_of_uploads_that_is_a_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "private").write_text("")
    private = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "private"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": private}

    assert only(files.check_private_storage).level == "wrong"


@pytest.mark.parametrize(
    ("free", "expected"), [(10**10, "ok"), (9 * 10**8, "warning"), (10**8, "wrong")]
)
def test_a_disk_that_is_nearly_full(free: int, expected: str) -> None:
    assert files.about_room(Path("/"), free).level == expected


def test_the_disks_of_the_shop_are_looked_at() -> None:
    assert findings(files.check_disk)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="its own words")
def test_a_postgresql_that_forgets_in_a_power_cut() -> None:
    """The tests' own does: nothing has to survive there."""
    found = only(database.check_durability)

    assert found.level == "wrong"
    assert "fsync=off" in found.what


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own words")
def test_an_sqlite_that_forgets_in_a_power_cut() -> None:
    assert only(database.check_durability).level == "ok"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    try:
        [found] = database.check_durability()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")

    assert isinstance(found, Finding)
    assert (found.level, "synchronous=0" in found.what) == ("wrong", True)


def test_the_database_is_trusted_as_it_is() -> None:
    found = findings(
        *IN_THE_DATABASE[:2], database.check_connection, database.check_clock
    )

    assert [one for one in found if one.level != "ok"] == []
    assert len(found) >= 3


@pytest.mark.skipif(connection.vendor == "mongodb", reason="no test has one there")
@pytest.mark.django_db
def test_a_transaction_that_is_none_is_noticed() -> None:
    """Inside the test's own transaction ours undoes nothing by itself."""
    assert only(database.check_transactions).level == "wrong"
