from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from orders.models import Order
from orders.status import OrderStatus
from orders.work_queues import Queue
from tests.admin.reading_pages import list_url, listed, markup
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
ORDERS = "orders_order"


def numbers(rows: list[str]) -> list[str]:
    return [row.split()[0] for row in rows]


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


@pytest.mark.parametrize("day", ["hier", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_shows_the_list_unfiltered(
    admin_client: Client, day: str
) -> None:
    make_order()

    answer = admin_client.get(list_url(ORDERS), {"created_at_to": day})

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{list_url(ORDERS)}?e=1",
    )


def test_orders_are_filtered_by_the_day_they_were_paid(admin_client: Client) -> None:
    make_order()
    make_order(paid_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    paid = make_order(paid_at=datetime(2026, 11, 22, 12, tzinfo=UTC))

    from_day = listed(admin_client, ORDERS, paid_at_from="2026-11-22")
    to_day = listed(admin_client, ORDERS, paid_at_to="2026-11-22")

    assert numbers(from_day) == [paid.number]
    assert len(to_day) == 2


def test_orders_are_filtered_by_being_late(admin_client: Client) -> None:
    past, future = now() - timedelta(hours=1), now() + timedelta(hours=1)
    make_order(status=OrderStatus.PAID, due_at=future)
    make_order(status=OrderStatus.COMPLETED, due_at=past)
    late = make_order(status=OrderStatus.AWAITING_VALIDATION, due_at=past)

    rows = listed(admin_client, ORDERS, late="1")

    assert numbers(rows) == [late.number]


@pytest.mark.parametrize(
    ("queue", "status"),
    [
        (Queue.TO_ASSIGN, OrderStatus.PAID),
        (Queue.IN_PROGRESS, OrderStatus.PROCESSING),
        (Queue.TO_VALIDATE, OrderStatus.AWAITING_VALIDATION),
    ],
)
def test_orders_are_filtered_by_their_queue(
    admin_client: Client, queue: Queue, status: OrderStatus
) -> None:
    orders = {state: make_order(status=state) for state in OrderStatus}

    rows = listed(admin_client, ORDERS, queue=queue.value)

    assert numbers(rows) == [orders[status].number]


def test_a_queue_that_does_not_exist_is_empty(admin_client: Client) -> None:
    make_order(status=OrderStatus.PAID)

    assert listed(admin_client, ORDERS, queue="nowhere") == []


def test_filters_are_added_to_each_other_and_to_the_search(
    admin_client: Client,
) -> None:
    vip = make_service(slug="vip")
    make_order(service=vip, status=OrderStatus.PAID, name="Bruno Keller")
    make_order(status=OrderStatus.PAID, name="Bruno Keller")
    make_order(service=vip, name="Bruno Keller")
    wanted = make_order(service=vip, status=OrderStatus.PAID, name="Zoé Brun")

    rows = listed(
        admin_client,
        ORDERS,
        status__exact="paid",
        service__id__exact=str(vip.pk),
        q="zoé",
    )

    assert numbers(rows) == [wanted.number]


def test_a_filter_that_is_left_empty_is_not_set(admin_client: Client) -> None:
    make_order()
    left_empty = {
        "queue": "",
        "late": "",
        "status__exact": "",
        "is_on_hold__exact": "",
        "service__id__exact": "",
        "expert__id__exact": "",
        "created_at_from": "",
        "paid_at_to": "",
    }

    answer = admin_client.get(list_url(ORDERS), left_empty)

    assert answer.context["cl"].result_count == 1
    assert not answer.context["cl"].has_active_filters


def test_the_choice_that_was_made_stands_in_its_filter(admin_client: Client) -> None:
    page = markup(admin_client, list_url(ORDERS), status__exact="paid", late="1")

    assert '<option value="paid" selected>Payée</option>' in page
    assert '<option value="1" selected>Oui</option>' in page
    assert page.count(" selected>") == 2


@pytest.mark.parametrize("value", ["nonsense", "0"])
@pytest.mark.parametrize(
    "name", ["service__id__exact", "expert__id__exact", "is_on_hold__exact"]
)
def test_a_choice_that_does_not_exist_is_harmless(
    admin_client: Client, name: str, value: str
) -> None:
    make_order()

    answer = admin_client.get(list_url(ORDERS), {name: value})

    assert answer.status_code in {200, 302}


def test_many_experts_are_one_query(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            markup(admin_client, list_url(ORDERS))
        return len(captured)

    make_expert(name="Un expert")
    one = queries()
    for number in range(20):
        make_expert(make_service(slug=f"service-{number}"))
    many = queries()

    assert one == many


def test_the_filters_are_opened_by_a_button(admin_client: Client) -> None:
    page = markup(admin_client, list_url(ORDERS))

    opener = page.partition('aria-controls="changelist-filter"')[0].rpartition("<")[2]
    assert opener.startswith('button type="button"')


def test_a_zero_byte_is_no_filter(admin_client: Client) -> None:
    make_order()

    rows = listed(admin_client, ORDERS, status__exact="\0")

    assert len(rows) == 1
