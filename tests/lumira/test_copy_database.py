"""A shop moves from one database to another, and every row with it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from pymongo import MongoClient

from lumira.accounts.models import User
from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from lumira.audit.recording import record
from lumira.outbox.models import Message
from orders.models import Order
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.factories.staff import make_staff

ROLES = (
    "select name from accounts_user_groups joined "
    "join auth_group on auth_group.id = joined.group_id"
)
pytestmark = pytest.mark.django_db(transaction=True)


def here() -> str:
    """The address of this test's database."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    if connection.vendor == "postgresql":
        where = f"{config['HOST']}:{config['PORT']}"
        return f"postgres://{config['USER']}@{where}/{config['NAME']}"
    address, _, options = str(config["HOST"]).partition("?")
    return f"{address.rpartition('/')[0]}/{config['NAME']}?{options}"


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of another, empty database on this test's server."""
    name = "lumira_moved"
    address = here().replace(str(connection.settings_dict["NAME"]), name)
    if connection.vendor == "postgresql":
        with psycopg.connect(here(), autocommit=True) as server:
            server.execute(f"create database {name}")
            yield address
            server.execute(f"drop database {name}")
    else:
        yield address
        with MongoClient[dict[str, Any]](address) as client:
            client.drop_database(name)


@pytest.fixture
def shop() -> Order:
    """People with roles, an order with a payment, its renewal, and the journal."""
    clerk = make_staff(Role.SUPPORT, username="esther")
    order = make_order(intake={"specificQuestion": "Partir ?"}, user=clerk)
    make_payment(order=order)
    make_order(renews=order)
    Message.objects.create(key="k", topic="order_paid", payload={"order_id": "1"})
    record("order.released", by="esther", about=order, after={"note": "é"})
    return order


@pytest.fixture
def target(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/copy.sqlite3"


def copy(source: str, target: str, **options: bool) -> str:
    said = StringIO()
    call_command(
        "copy_database",
        f"--from={source}",
        f"--to={target}",
        stdout=said,
        stderr=said,
        **options,
    )
    return said.getvalue()


def table(target: str, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(target.removeprefix("sqlite:///")) as database:
        return database.execute(query).fetchall()


def test_every_row_arrives_and_a_difference_is_found(shop: Order, target: str) -> None:
    """In one test, because each copy starts the shop several times."""
    said = copy(here(), target)

    assert "Every row is there" in said
    assert table(target, "select count(*) from orders_order") == [(2,)]
    assert table(target, "select count(*) from audit_auditentry") == [
        (AuditEntry.objects.count(),)
    ]
    intakes = table(target, "select intake from orders_order")
    assert not any("Partir" in str(intake) for (intake,) in intakes)
    [(key,)] = table(target, "select id from accounts_user where username='esther'")
    assert str(key) == User.objects.get(username="esther").pk.hex
    assert table(target, ROLES) == [(Role.SUPPORT.value,)]

    with pytest.raises(CommandError, match="did not take the rows"):
        copy(here(), target)
    assert "Every row is there" in copy(here(), target, compare_only=True)

    with sqlite3.connect(target.removeprefix("sqlite:///")) as database:
        database.execute(f"update orders_order set amount = 1 where number='{shop}'")
        database.execute("delete from outbox_message")
    with pytest.raises(CommandError, match="2 rows differ"):
        copy(here(), target, compare_only=True)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the test before moves from SQLite to SQLite"
)
def test_a_shop_moves_from_sqlite_to_this_engine(
    shop: Order, target: str, elsewhere: str
) -> None:
    copy(here(), target)

    said = copy(target, elsewhere)

    assert "Every row is there" in said
    # And it is in working order: its journal's chain, too.
    done = subprocess.run(
        [sys.executable, "manage.py", "audit_verify"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lumira.settings",
            "DATABASE_URL": elsewhere,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_target_that_is_the_source_is_refused() -> None:
    with pytest.raises(CommandError, match="same database"):
        copy(here(), here())


def test_a_source_without_tables_is_refused(target: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="migrate"):
        copy(f"sqlite:///{tmp_path}/empty.sqlite3", target)
