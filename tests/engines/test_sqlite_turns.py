"""lumira.sqlite3: who waits to write has a turn soon, or a clear error."""

import threading
import time

import pytest
from django.db import OperationalError, connection
from django.db.transaction import atomic  # noqa: TID251  # one try is what is tested

from lumira.kit.db import is_conflict
from orders.models import Order
from tests.factories.orders import make_order

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite"),
    pytest.mark.django_db(transaction=True),
]


def test_a_writer_waits_for_the_one_before_it() -> None:
    order = make_order()
    began, seen = threading.Event(), []

    def follow() -> None:
        began.set()
        with atomic():
            seen.append(Order.objects.get(pk=order.pk).name)
        connection.close()

    follower = threading.Thread(target=follow)
    with atomic():
        follower.start()
        began.wait()
        Order.objects.filter(pk=order.pk).update(name="Eva")
    follower.join()

    assert seen == ["Eva"]


def test_one_statement_alone_waits_its_turn_too() -> None:
    order = make_order()
    began, changed = threading.Event(), []

    def follow() -> None:
        began.set()
        row = Order.objects.filter(pk=order.pk, name="Eva")
        changed.append(row.update(name="Eva Roux"))
        connection.close()

    follower = threading.Thread(target=follow)
    with atomic():
        follower.start()
        began.wait()
        Order.objects.filter(pk=order.pk).update(name="Eva")
    follower.join()

    assert changed == [1]


def test_many_writers_all_have_their_turn() -> None:
    order = make_order(name="")
    begin = threading.Barrier(8)

    def write() -> None:
        begin.wait()
        for _ in range(5):
            with atomic():
                row = Order.objects.get(pk=order.pk)
                row.name += "x"
                row.save()
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    order.refresh_from_db()
    assert order.name == "x" * 40


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "DELETE FROM orders_order"])
def test_who_waits_too_long_is_told(statement: str) -> None:
    impatient = connection.copy()
    impatient.settings_dict["OPTIONS"] |= {"timeout": 0.05}
    try:
        with (
            atomic(),
            pytest.raises(OperationalError, match="locked") as refused,
            impatient.cursor() as cursor,
        ):
            cursor.execute(statement)

        assert is_conflict(refused.value)
    finally:
        impatient.close()


def test_what_waiting_does_not_mend_is_told_at_once() -> None:
    late = connection.copy()
    make_order()
    try:
        with late.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            cursor.execute("SELECT count(*) FROM orders_order")
            make_order()

            begun = time.monotonic()
            with pytest.raises(OperationalError, match="locked"):
                cursor.execute("DELETE FROM orders_order")

        # Far from the twenty seconds that a writer is given.
        assert time.monotonic() - begun < 10
    finally:
        late.close()


def test_of_many_rows_at_once_each_is_saved_once() -> None:
    orders = [make_order(name="") for _ in range(3)]
    held, tried = threading.Event(), threading.Event()

    def hold() -> None:
        with atomic():
            make_order()
            held.set()
            tried.wait()
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    rows = [(order.pk.hex,) for order in orders]

    def told(row: tuple[str]) -> tuple[str]:
        tried.set()
        return row

    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE orders_order SET name = name || 'x' WHERE id = %s", map(told, rows)
        )
    holder.join()

    names = {Order.objects.get(pk=order.pk).name for order in orders}
    assert names == {"x"}
