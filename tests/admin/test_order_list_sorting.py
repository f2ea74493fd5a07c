"""The list of orders, sorted by a column: its words are what an index is sorted by."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from lumira.accounts.roles import Role
from orders.models import Order
from orders.status import OrderStatus
from tests.factories.orders import make_order
from tests.factories.staff import client_of, make_staff

pytestmark = pytest.mark.django_db
COLUMNS = {"number": 0, "placed_at": 1, "price": 5, "state": 6}


@pytest.fixture
def orders() -> list[Order]:
    """From the oldest to the newest."""
    facts = (
        (2900, OrderStatus.PAID),
        (7900, OrderStatus.PENDING),
        (2900, OrderStatus.PENDING),
        (7900, OrderStatus.PAID),
    )
    return [
        make_order(
            amount=amount, status=status, created_at=now() - timedelta(days=9 - day)
        )
        for day, (amount, status) in enumerate(facts)
    ]


@pytest.fixture
def staff() -> Client:
    return client_of(make_staff(Role.ADMINISTRATOR))


def listed(query: str, orders: list[Order], client: Client) -> list[int]:
    """Which of them, in the order of the page."""
    page = client.get(reverse("admin:orders_order_changelist"), {"o": query})
    changelist = page.context["cl"]
    shift = len(changelist.list_display) - len(changelist.model_admin.list_display)
    assert shift == 0, "the columns are counted without the boxes to tick"
    return [orders.index(row) for row in changelist.result_list]


@pytest.mark.parametrize(
    ("column", "way", "expected"),
    [
        ("placed_at", "", [0, 1, 2, 3]),
        ("placed_at", "-", [3, 2, 1, 0]),
        # The largest first, and of equals the newest; the other way round its mirror.
        ("price", "-", [3, 1, 2, 0]),
        ("price", "", [0, 2, 1, 3]),
        ("state", "", [3, 0, 2, 1]),
        ("state", "-", [1, 2, 0, 3]),
    ],
)
def test_equals_are_sorted_by_their_day(
    orders: list[Order], staff: Client, column: str, way: str, expected: list[int]
) -> None:
    assert listed(f"{way}{COLUMNS[column]}", orders, staff) == expected


def test_numbers_are_sorted_both_ways(orders: list[Order], staff: Client) -> None:
    ascending = listed("0", orders, staff)

    assert ascending == sorted(range(4), key=lambda place: orders[place].number)
    assert listed("-0", orders, staff) == ascending[::-1]


def test_two_columns_are_sorted_as_asked_for(
    orders: list[Order], staff: Client
) -> None:
    assert listed("5.6", orders, staff)[:2] == [0, 2]
    assert listed("5.-6", orders, staff)[:2] == [2, 0]


def test_what_one_filters_by_is_not_offered_for_sorting(
    orders: list[Order], staff: Client
) -> None:
    page = staff.get(reverse("admin:orders_order_changelist")).content.decode()

    offered = {column for column in range(7) if f"?o={column}" in page}
    assert offered == set(COLUMNS.values())
