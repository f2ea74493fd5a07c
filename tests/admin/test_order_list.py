from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.models import Order
from orders.status import OrderStatus
from tests.admin.reading_pages import list_url, listed, markup, page_url
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

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


def test_orders_are_filtered_by_state_service_and_expert(admin_client: Client) -> None:
    vip = make_service(slug="vip")
    ines = make_expert(vip, name="Inês Carvalho")
    make_order()
    failed = make_order(status=OrderStatus.FAILED)
    of_ines = make_order(service=vip, expert=ines)

    by_state = listed(admin_client, ORDERS, status__exact="failed")
    by_service = listed(admin_client, ORDERS, service__id__exact=str(vip.pk))
    by_expert = listed(admin_client, ORDERS, expert__id__exact=str(ines.pk))

    assert numbers(by_state) == [failed.number]
    assert numbers(by_service) == numbers(by_expert) == [of_ines.number]


def test_an_order_on_hold_says_so_and_is_filtered(admin_client: Client) -> None:
    make_order()
    frozen = make_order(status=OrderStatus.PAID, is_on_hold=True)

    rows = listed(admin_client, ORDERS, is_on_hold__exact="1")

    assert numbers(rows) == [frozen.number]
    assert rows[0].endswith("Payée Bloquée")


def make_orders_around_a_day() -> dict[str, Order]:
    """Around 22 November 2026 in Paris, where midnight is 23:00 UTC."""
    return {
        name: make_order(created_at=datetime(2026, 11, day, hour, minute, tzinfo=UTC))
        for name, day, hour, minute in (
            ("before", 21, 22, 59),
            ("first minute", 21, 23, 0),
            ("last minute", 22, 22, 59),
            ("after", 22, 23, 0),
        )
    }


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (
            {"created_at_from": "2026-11-22", "created_at_to": "2026-11-22"},
            ["last minute", "first minute"],
        ),
        ({"created_at_from": "2026-11-23"}, ["after"]),
        ({"created_at_to": "2026-11-21"}, ["before"]),
        (
            {"created_at_from": "", "created_at_to": ""},
            ["after", "last minute", "first minute", "before"],
        ),
    ],
)
def test_a_range_of_days_holds_both_its_days_as_they_are_in_paris(
    admin_client: Client, days: dict[str, str], expected: list[str]
) -> None:
    orders = make_orders_around_a_day()

    rows = listed(admin_client, ORDERS, **days)

    assert numbers(rows) == [orders[name].number for name in expected]


def test_the_range_that_was_asked_for_stands_in_its_fields(
    admin_client: Client,
) -> None:
    page = markup(admin_client, list_url(ORDERS), created_at_from="2026-11-22")

    assert 'name="created_at_from" value="2026-11-22"' in page
    assert 'name="created_at_to" value=""' in page


def test_a_day_that_is_none_shows_the_list_unfiltered(admin_client: Client) -> None:
    make_order()

    answer = admin_client.get(list_url(ORDERS), {"created_at_from": "hier"})

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{list_url(ORDERS)}?e=1",
    )


def test_a_page_holds_fifty_orders(admin_client: Client) -> None:
    for _ in range(51):
        make_order()

    first = listed(admin_client, ORDERS)
    second = listed(admin_client, ORDERS, p="2")

    assert (len(first), len(second)) == (50, 1)


def test_fifty_orders_take_as_many_queries_as_five(admin_client: Client) -> None:
    def queries() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            listed(admin_client, ORDERS)
        return [query["sql"] for query in captured]

    make_varied_orders(5)
    five = queries()
    make_varied_orders(45)
    fifty = queries()

    assert len(fifty) == len(five), "\n".join(fifty)
    assert len(five) <= 9, "\n".join(five)


def make_varied_orders(count: int) -> None:
    for _ in range(count):
        slug = f"service-{Order.objects.count()}"
        order = make_order(service=make_service(slug=slug))
        make_payment(order=order)


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
