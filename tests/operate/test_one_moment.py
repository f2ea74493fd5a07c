"""A backup reads one moment of the shop, and nobody waits for it."""

import threading

import pytest
from django.db import connection

from lumira.backup.moment import one_moment
from lumira.kit.db import transactional
from orders.models import Order
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 10


@transactional
def sell() -> None:
    """An order and a change of an older one, in one transaction."""
    Order.objects.filter(name="before").update(name="after")
    make_order(name="after")


def sell_meanwhile() -> None:
    """In another connection, to its commit. Fails if it has to wait."""

    def work() -> None:
        try:
            sell()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(PATIENCE_S)
    assert not thread.is_alive(), "the writer waits for the reader"


def test_what_is_written_meanwhile_is_not_read() -> None:
    make_order(name="before")

    with one_moment():
        before = list(Order.objects.values_list("name", flat=True))
        sell_meanwhile()
        during = list(Order.objects.values_list("name", flat=True))
    afterwards = list(Order.objects.values_list("name", flat=True))

    assert before == during == ["before"]
    assert afterwards == ["after", "after"]


def test_the_connection_writes_again_afterwards() -> None:
    with one_moment():
        Order.objects.count()

    sell()

    assert Order.objects.count() == 1
