"""lumira.kit.prepared: read is what the queryset says, whatever was read before."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from lumira.kit.prepared import prepared
from orders.models import Order
from orders.status import OrderStatus
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
HAS_SQL = connection.vendor != "mongodb"
ONLY_SQL = pytest.mark.skipif(not HAS_SQL, reason="MongoDB has no SQL to write once.")


@prepared
def numbered(number: str) -> QuerySet[Order]:
    return Order.objects.select_related("service").filter(number=number)


@prepared
def numbers_of(order_id: UUID, email: str) -> QuerySet[Order, tuple[str, UUID]]:
    """Twice the same argument, and a constant."""
    found = Order.objects.filter(pk=order_id, status=OrderStatus.PENDING)
    return found.filter(email=email).exclude(name=email).values_list("number", "pk")


def test_each_call_reads_with_its_own_values() -> None:
    first, second = make_order(), make_order()

    found = [numbered(order.number) for order in (first, second, first)]

    assert found == [[first], [second], [first]]
    assert numbered("LU000000-AAAAAA") == []


def test_rows_are_models_with_what_was_asked_for_beside_them() -> None:
    order = make_order(amount=7900)

    [found] = numbered(order.number)

    assert (found.amount, found.created_at) == (7900, Order.objects.get().created_at)
    with CaptureQueriesContext(connection) as queries:
        assert found.service.slug == order.service.slug
    assert not queries


def test_rows_are_read_anew_each_time() -> None:
    order = make_order()
    numbered(order.number)

    Order.objects.update(name="Eva")

    assert numbered(order.number)[0].name == "Eva"


def test_several_arguments_of_several_types_find_their_places() -> None:
    order = make_order(email="eva@example.org")
    make_order(email="eva@example.org")

    assert numbers_of(order.pk, "eva@example.org") == [(order.number, order.pk)]
    assert numbers_of(order.pk, "bo@example.org") == []
    assert numbers_of(uuid4(), "eva@example.org") == []


def test_a_value_is_never_taken_for_sql() -> None:
    make_order()

    assert numbered("' OR 1=1 --") == []
    assert numbered("%s ? $1") == []


def test_sql_is_written_once() -> None:
    built: list[str] = []

    @prepared
    def read(number: str) -> QuerySet[Order]:
        built.append(number)
        return Order.objects.filter(number=number)

    read("a")
    read("b")

    # Where there is no SQL, each time; and never with a value that somebody meant.
    assert built == ["a", "b"] if not HAS_SQL else len(built) == 1
    assert "b" not in built or not HAS_SQL


@ONLY_SQL
def test_an_argument_that_is_not_compared_with_is_refused() -> None:
    @prepared
    def read(number: str, unused: str) -> QuerySet[Order]:
        return Order.objects.filter(number=number)

    with pytest.raises(ValueError, match="Not every argument of read"):
        read("a", "b")


@ONLY_SQL
@pytest.mark.parametrize("value", [None, 7])
def test_other_types_are_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        numbered(value)


@pytest.mark.django_db(transaction=True)
def test_threads_read_with_their_own_connections() -> None:
    orders = [make_order() for _ in range(4)]
    read: dict[int, list[Order]] = {}
    begin = threading.Barrier(len(orders))

    def reader(number: int) -> Callable[[], None]:
        def run() -> None:
            begin.wait()
            for _ in range(20):
                read[number] = numbered(orders[number].number)
            connection.close()

        return run

    threads = [threading.Thread(target=reader(n)) for n in range(len(orders))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert read == {n: [order] for n, order in enumerate(orders)}


@ONLY_SQL
@pytest.mark.parametrize(
    "build",
    [
        lambda number: Order.objects.filter(number=number).values("pk"),
        lambda number: Order.objects.filter(number=number).annotate(n=Count("events")),
        lambda number: Order.objects.filter(number=number).prefetch_related("events"),
    ],
)
def test_what_it_cannot_make_of_rows_is_refused(
    build: Callable[[str], QuerySet[Order]],
) -> None:
    with pytest.raises(TypeError, match="can be prepared"):
        prepared(build)("LU1")
