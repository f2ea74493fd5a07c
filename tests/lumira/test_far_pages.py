from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lumira.kit.far_pages import FAR, FarPaginator
from orders.models import Order
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
A_PAGE = 50


def make_orders(number: int) -> None:
    """All of the same moment: only their keys tell which comes first."""
    first = make_order(created_at=datetime(2026, 11, 22, tzinfo=UTC))
    fields = ("email", "level", "duration", "amount", "currency", "created_at")
    copied = {name: getattr(first, name) for name in fields}
    Order.objects.bulk_create(
        Order(service_id=first.service_id, number=f"LU261122-{n:06}", **copied)
        for n in range(number - 1)
    )


def test_a_far_page_has_the_rows_in_the_same_order_as_a_slice_of_all() -> None:
    make_orders(FAR + 2 * A_PAGE - 1)
    orders = Order.objects.order_by("-created_at", "-pk").prefetch_related("service")
    pages = FarPaginator(orders, A_PAGE)

    last_near, first_far, last = (pages.page(FAR // A_PAGE + n) for n in range(3))

    assert list(last_near) == list(orders[FAR - A_PAGE : FAR])
    assert list(first_far) == list(orders[FAR : FAR + A_PAGE])
    assert list(last) == list(orders[FAR + A_PAGE :])
    assert len(list(last)) == A_PAGE - 1


def test_what_is_skipped_is_not_read() -> None:
    make_orders(FAR + 1)
    pages = FarPaginator(Order.objects.order_by("-created_at", "-pk"), A_PAGE)

    with CaptureQueriesContext(connection) as asked:
        list(pages.page(FAR // A_PAGE + 1))

    skipping = [one["sql"] for one in asked if "OFFSET" in one["sql"]]
    if connection.vendor != "mongodb":
        assert skipping
    assert not any("email" in sql for sql in skipping)
