"""What is past its time is forgotten, and nothing before."""

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils.timezone import now
from pytest_django import Settings

from lumira.accounts.models import LoginAttempts
from lumira.audit.models import AuditEntry
from lumira.outbox.models import Message
from orders.actions.attach_pictures import attach_pictures
from orders.models import Erasure, Order
from orders.pictures import Picture
from orders.privacy.retention import NotAllForgotten, purge
from orders.status import OrderStatus
from payments.models import Customer, ProcessedEvent
from tests.factories.orders import make_order
from tests.factories.payments import make_event, make_payment
from tests.factories.subscriptions import make_subscription
from tests.factories.work import make_assigned_order, make_delivered_order
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
INTAKE = {"phone": "+33 6 12 34 56 78", "lastName": "Martin"}


@pytest.fixture(autouse=True)
def everything_at(sandbox: SandboxProcess) -> SandboxProcess:
    """And nothing in the cache: its table is not emptied between tests."""
    caches["default"].clear()
    return sandbox


def ago(days: float) -> datetime:
    return now() - timedelta(days=days)


def run(*, dry_run: bool = False) -> dict[str, int]:
    counts = purge(dry_run=dry_run, by="worker")
    return {name: count for name, count in counts.items() if count}


def delivered(days: float, **fields: Any) -> Order:
    done = {"status": OrderStatus.COMPLETED, "completed_at": ago(days)}
    order = make_order(**done, intake=INTAKE, **fields)
    attach_pictures(order, [Picture(b"pixels", "image/jpeg", "photo.jpg")])
    return order


def answers(order: Order) -> Any:
    return Order.objects.get(pk=order.pk).intake


def test_who_never_paid_is_forgotten_after_a_month() -> None:
    old = make_order(created_at=ago(31), intake=INTAKE)
    recent = make_order(created_at=ago(29), email="bob@example.org")

    assert run() == {"unpaid": 1}

    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.email, old.name, old.intake, old.phone_index) == ("", "", {}, None)
    assert (old.number, old.amount, recent.email) == (
        old.number,
        7900,
        "bob@example.org",
    )
    assert Erasure.objects.get().by == "worker"
    assert run() == {}


def test_an_unpaid_order_whose_payment_is_open_waits() -> None:
    order = make_order(created_at=ago(31))
    make_payment(order=order, status="processing")

    assert run() == {}

    assert Order.objects.get().email


def test_paid_orders_keep_who_bought() -> None:
    order = make_order(created_at=ago(4000), status=OrderStatus.COMPLETED)

    run()

    order.refresh_from_db()
    assert order.email


def test_answers_and_pictures_go_a_year_after_the_delivery() -> None:
    old, recent = delivered(366), delivered(360)
    path = str(old.files.get().file)

    assert run() == {"answers": 1}

    assert (answers(old), answers(recent)) == ({}, INTAKE)
    assert not default_storage.exists(path)
    assert not old.files.exists()
    assert recent.files.count() == 1
    assert Order.objects.get(pk=old.pk).email
    assert run() == {}


def test_answers_stay_while_a_subscription_begins_each_period_with_them() -> None:
    first = make_subscription().first_order
    Order.objects.filter(pk=first.pk).update(
        status=OrderStatus.COMPLETED, completed_at=ago(800)
    )

    assert run() == {}


def test_a_run_that_died_after_the_files_goes_on_with_the_answers() -> None:
    order = delivered(366)
    default_storage.delete(str(order.files.get().file))

    assert run() == {"answers": 1}

    assert answers(order) == {}


def test_a_run_is_dry_when_asked() -> None:
    order = delivered(366)
    make_order(created_at=ago(31))
    make_event("evt_1", "pi_1", received_at=ago(91))

    assert run(dry_run=True) == {"answers": 1, "unpaid": 1, "events": 1}

    assert answers(order) == INTAKE
    assert not AuditEntry.objects.exists()
    assert ProcessedEvent.objects.exists()


def test_messages_go_after_half_a_year_but_for_those_still_to_do() -> None:
    reading = make_delivered_order(make_assigned_order(delivery_format="whatsapp"))
    Message.objects.update(sent_at=ago(400))
    Message.objects.create(topic="refunded", key="waits", created_at=ago(400))
    Message.objects.create(topic="refunded", key="young", sent_at=ago(100))

    run()

    keys = set(Message.objects.values_list("key", flat=True))
    assert keys == {f"reading_ready:{reading.delivery.pk}", "waits", "young"}


def test_events_go_after_three_months_if_they_were_applied() -> None:
    make_event("evt_1", "pi_1", received_at=ago(91))
    make_event("evt_2", "pi_1", received_at=ago(91), processed=False)
    make_event("evt_3", "pi_1", received_at=ago(89))

    assert run() == {"events": 1}

    assert set(ProcessedEvent.objects.values_list("pk", flat=True)) == {
        "evt_2",
        "evt_3",
    }


def test_a_customer_without_orders_is_forgotten() -> None:
    make_order(email="bob@example.org")
    for email in ("bob@example.org", "gone@example.org"):
        Customer.objects.create(email=email, livemode=False, created_at=ago(2))

    assert run() == {"customers": 1}

    kept = Customer.objects.filter(erasure=None).get()
    assert kept.email == "bob@example.org"


def test_sessions_that_ended_and_files_of_nobody_go() -> None:
    Session.objects.create(session_key="a", session_data="", expire_date=ago(1))
    Session.objects.create(session_key="b", session_data="", expire_date=ago(-1))
    default_storage.save("orders/nobodys", ContentFile(b"pixels"))

    assert run() == {"sessions": 1}  # whoever writes it may not have its row yet

    assert Session.objects.get().session_key == "b"
    default_storage.delete("orders/nobodys")


def test_the_cache_is_emptied_of_what_is_over() -> None:
    caches["default"].set("over", "x", timeout=-1)
    caches["default"].set("young", "x", timeout=600)

    run()

    assert caches["default"].get("young") == "x"


def test_the_periods_are_settings(settings: Settings) -> None:
    settings.KEEP_UNPAID_DAYS = 3
    make_order(created_at=ago(4))

    assert run() == {"unpaid": 1}


def test_the_journal_gets_one_line_and_the_command_says_the_counts() -> None:
    make_order(created_at=ago(31))
    make_event("evt_1", "pi_1", received_at=ago(91))
    out = StringIO()

    call_command("purge", stdout=out)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.after) == (
        "retention.purged",
        {"events": 1, "unpaid": 1},
    )
    assert "     1 unpaid (commandes jamais payées)" in out.getvalue()


def test_a_kind_that_fails_does_not_keep_the_others(
    settings: Settings, tmp_path: Path
) -> None:
    make_order(created_at=ago(31))
    make_event("evt_1", "pi_1", received_at=ago(91))
    (tmp_path / "readings").write_text("no folder, and so a storage out of order")
    broken = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": broken}

    with pytest.raises(NotAllForgotten, match="stray_files"):
        purge(dry_run=False, by="worker")

    assert not ProcessedEvent.objects.exists()
    assert AuditEntry.objects.get().after == {"events": 1, "unpaid": 1}


def test_a_dry_run_counts_failed_logins_too() -> None:
    LoginAttempts.objects.create(key="name", last_at=ago(2))

    assert run(dry_run=True) == {"attempts": 1}
    assert LoginAttempts.objects.exists()
