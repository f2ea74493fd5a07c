"""What lumira/mongodb repairs in MongoDB's own Django backend, and why it matters."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import (
    IntegrityError,
    NotSupportedError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import Exists, F, OuterRef
from pymongo import MongoClient

from lumira.kit.db import transactional
from lumira.mongodb.backend.base import DatabaseWrapper
from lumira.outbox.models import Message
from orders.models import Order
from payments.models import Payment, ProcessedEvent
from tests.engines.mongod import find_mongod
from tests.engines.processes import free_port, kill
from tests.factories.orders import make_order

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "mongodb", reason="about MongoDB"),
]


def write(key: str) -> Message:
    return Message.objects.create(topic="order_paid", key=key)


def keys() -> list[str]:
    return sorted(Message.objects.values_list("key", flat=True))


@contextmanager
def failing(command: str, *, times: int, code: int, label: str) -> Iterator[None]:
    """The server refuses this command so many times, with this label."""
    admin = connection.database.client.admin
    data = {"failCommands": [command], "errorCode": code, "errorLabels": [label]}
    admin.command("configureFailPoint", "failCommand", mode={"times": times}, data=data)
    try:
        yield
    finally:
        admin.command("configureFailPoint", "failCommand", mode="off")


def stages(rows: Any) -> str:
    """What the server would do for this query."""
    return str(rows.explain())


def test_djangos_own_atomic_is_a_transaction() -> None:
    def change() -> None:
        with transaction.atomic():  # noqa: TID251 (libraries use it)
            write("undone")
            raise ValueError

    with pytest.raises(ValueError):
        change()

    assert keys() == []


def test_after_a_commit_that_failed_the_next_change_is_a_transaction_again() -> None:
    def change() -> None:
        with transaction.atomic():  # noqa: TID251
            write("undone")
            raise ValueError

    no_such_transaction = {"code": 251, "label": "TransientTransactionError"}
    with (
        failing("commitTransaction", times=1, **no_such_transaction),
        pytest.raises(OperationalError),
        transaction.atomic(),  # noqa: TID251
    ):
        write("lost")
    with pytest.raises(ValueError):
        change()

    assert keys() == []


def test_a_commit_that_conflicts_runs_the_change_again() -> None:
    runs: list[int] = []

    @transactional
    def change() -> None:
        runs.append(1)
        write(f"run {len(runs)}")

    with failing(
        "commitTransaction", times=1, code=251, label="TransientTransactionError"
    ):
        change()

    assert keys() == ["run 2"]


def test_a_commit_whose_outcome_is_unknown_is_asked_for_again() -> None:
    with failing(
        "commitTransaction", times=3, code=50, label="UnknownTransactionCommitResult"
    ):
        transactional(write)("once")

    assert keys() == ["once"]


def test_a_block_that_begins_with_its_main_row_waits_for_it() -> None:
    message = write("shared")
    began, may_end = threading.Event(), threading.Event()
    runs: list[int] = []

    @transactional
    def hold_it() -> None:
        Message.objects.filter(pk=message.pk).update(attempts=5)
        began.set()
        may_end.wait(10)

    @transactional
    def wait_for_it() -> int:
        runs.append(1)
        threading.Timer(0.2, may_end.set).start()
        return Message.objects.filter(pk=message.pk).update(attempts=F("attempts") + 1)

    holder = threading.Thread(target=hold_it)
    holder.start()
    began.wait(10)

    changed = wait_for_it()

    holder.join()
    message.refresh_from_db()
    assert (changed, message.attempts, runs) == (1, 6, [1])


def test_update_refuses_a_subquery_instead_of_ignoring_it() -> None:
    order = make_order()
    payments = Payment.objects.filter(order=OuterRef("pk"))

    with pytest.raises(NotSupportedError):
        Order.objects.filter(Exists(payments)).update(name="changed")

    order.refresh_from_db()
    assert order.name != "changed"


@pytest.mark.parametrize(
    "rows",
    [
        Order.objects.filter(pk="8e12ff6f-8442-4609-b006-bb869fa6bb85"),
        Order.objects.filter(number="LU261122-7K3MWQ"),
        Payment.objects.filter(intent_id="pi_1"),
        ProcessedEvent.objects.filter(event_id="evt_1"),
        Message.objects.filter(key="order_paid:1"),
    ],
    ids=["key", "number", "intent", "event", "message"],
)
def test_a_look_up_by_a_unique_field_reads_one_row(rows: Any) -> None:
    plan = stages(rows)

    assert "IXSCAN" in plan
    assert "COLLSCAN" not in plan


def test_the_newest_orders_come_sorted_out_of_the_index() -> None:
    plan = stages(Order.objects.order_by("-created_at")[:50])

    assert "IXSCAN" in plan
    assert "SORT" not in plan


def test_a_check_constraint_holds_for_updates_too() -> None:
    order = make_order()

    with pytest.raises(IntegrityError):
        Order.objects.filter(pk=order.pk).update(amount=0)


def test_a_server_that_is_away_is_said_to_be() -> None:
    host = f"mongodb://127.0.0.1:{free_port()}/lumira"
    options = {**connection.settings_dict["OPTIONS"], "serverSelectionTimeoutMS": 100}
    away = DatabaseWrapper(
        {**connection.settings_dict, "HOST": host, "OPTIONS": options}, alias="away"
    )

    with pytest.raises(OperationalError):
        away.ensure_connection()
    usable = away.is_usable()

    away.close_pool()
    assert not usable


def test_a_server_without_transactions_is_refused(tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [find_mongod(), f"--port={port}", f"--dbpath={tmp_path}", "--nounixsocket"],
        stdout=subprocess.DEVNULL,
    )
    host = f"mongodb://127.0.0.1:{port}/lumira?directConnection=true"
    standalone = DatabaseWrapper(
        {**connection.settings_dict, "HOST": host}, alias="standalone"
    )
    try:
        with MongoClient[dict[str, Any]](host) as client:
            client.admin.command("ping")

        errors = standalone.validation.check()

        standalone.close_pool()
    finally:
        kill(server)
    assert [error.id for error in errors] == ["mongodb.E100"]
