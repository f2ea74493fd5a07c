from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.models import Order
from orders.status import OrderStatus
from tests.admin.reading_pages import list_url, listed, markup, page_url
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
ORDERS = "orders_order"


def numbers(rows: list[str]) -> list[str]:
    return [row.split()[0] for row in rows]


def test_a_row_says_which_order_whose_what_with_whom_how_much_and_how_it_stands(
    admin_client: Client,
) -> None:
    make_order(
        number="LU261122-7K3MWQ",
        status=OrderStatus.PROCESSING,
        created_at=datetime(2026, 11, 22, 20, 7, tzinfo=UTC),
    )

    rows = listed(admin_client, ORDERS)

    assert rows == [
        "LU261122-7K3MWQ 22/11/2026 21:07 alice@example.org Alice Martin "
        "Consultation Premium Camille Aubry 79,00 € En préparation"
    ]


def test_the_newest_order_comes_first(admin_client: Client) -> None:
    old = make_order(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    new = make_order(created_at=datetime(2026, 2, 1, tzinfo=UTC))

    rows = listed(admin_client, ORDERS)

    assert numbers(rows) == [new.number, old.number]


@pytest.mark.parametrize("text", ["7K3MWQ", "bruno@", "Keller"])
def test_an_order_is_found_by_number_email_or_name(
    admin_client: Client, text: str
) -> None:
    make_order()
    wanted = make_order(
        number="LU261122-7K3MWQ", email="bruno@example.org", name="Bruno Keller"
    )

    rows = listed(admin_client, ORDERS, q=text)

    assert numbers(rows) == [wanted.number]


def test_a_page_holds_fifty_orders(admin_client: Client) -> None:
    for _ in range(51):
        make_order()

    first = listed(admin_client, ORDERS)
    second = listed(admin_client, ORDERS, p="2")

    assert (len(first), len(second)) == (50, 1)


def test_the_list_does_not_even_load_what_customers_confided(
    admin_client: Client,
) -> None:
    make_order(intake={"specificQuestion": "Dois-je partir ?"})

    with CaptureQueriesContext(connection) as captured:
        page = markup(admin_client, list_url(ORDERS))

    assert "Dois-je partir" not in page
    assert not [query for query in captured if '"intake"' in query["sql"]]


def test_nothing_can_be_done_to_several_orders_at_once(admin_client: Client) -> None:
    order = make_order()
    chosen: dict[str, Any] = {"action": "delete_selected", "_selected_action": order.pk}

    admin_client.post(list_url(ORDERS), chosen | {"post": "yes"})

    assert "_selected_action" not in markup(admin_client, list_url(ORDERS))
    assert Order.objects.filter(pk=order.pk).exists()


def test_a_row_leads_to_the_order(admin_client: Client) -> None:
    order = make_order()

    page = markup(admin_client, list_url(ORDERS))

    assert f'href="{page_url(ORDERS, order.pk)}"' in page
