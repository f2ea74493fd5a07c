"""Without the permission to see every order, a person sees those that are theirs."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from orders.masked_email import masked_email
from tests.admin.people import client_of_expert
from tests.admin.reading_pages import (
    client_of_staff,
    listed,
    markup,
    page_url,
)
from tests.factories.catalogue import make_service
from tests.factories.work import (
    make_assigned_order,
    make_paid_order,
    make_working_expert,
)

pytestmark = pytest.mark.django_db
ORDERS = "orders_order"


def test_an_expert_lists_their_own_orders_with_masked_addresses() -> None:
    mine = make_assigned_order()
    make_assigned_order(expert=make_working_expert(slug="elias"))

    rows = listed(client_of_expert(mine.expert), ORDERS)

    assert [row.split()[0] for row in rows] == [mine.number]
    assert "a…@example.org" in rows[0]


def test_an_expert_reads_no_address_on_the_page() -> None:
    mine = make_assigned_order()

    page = markup(client_of_expert(mine.expert), page_url(ORDERS, mine.pk))

    assert "alice@example.org" not in page
    assert "a…@example.org" in page


def test_an_order_of_somebody_else_is_not_found_on_any_of_its_pages() -> None:
    order = make_assigned_order()
    other = client_of_expert(make_working_expert(slug="elias"))
    steps = ("claim", "write", "submit")

    pages = [page_url(ORDERS, order.pk)] + [
        reverse(f"admin:orders_order_{step}", args=[order.pk]) for step in steps
    ]

    assert {other.get(page).status_code for page in pages} == {404}


def test_what_nobody_has_is_seen_by_who_could_take_it_until_it_is_taken() -> None:
    order = make_paid_order(expert=None)
    elias = make_working_expert(slug="elias")
    looking = client_of_expert(elias)

    before = looking.get(page_url(ORDERS, order.pk)).status_code
    client_of_expert(make_working_expert()).post(
        reverse("admin:orders_order_claim", args=[order.pk])
    )

    assert (before, looking.get(page_url(ORDERS, order.pk)).status_code) == (200, 404)


def test_what_somebody_does_not_offer_is_not_theirs_to_see() -> None:
    order = make_paid_order(expert=None)
    elias = make_working_expert(make_service(slug="vip"), slug="elias")

    answer = client_of_expert(elias).get(page_url(ORDERS, order.pk))

    assert answer.status_code == 404


def test_an_expert_who_left_takes_nothing_but_still_sees_their_own() -> None:
    mine, free = make_assigned_order(), make_paid_order(expert=None)
    assert mine.expert
    mine.expert.is_active = False
    mine.expert.save()
    client = client_of_expert(mine.expert)

    assert client.get(page_url(ORDERS, mine.pk)).status_code == 200
    assert client.get(page_url(ORDERS, free.pk)).status_code == 404


def test_who_is_no_expert_sees_no_order_at_all() -> None:
    make_paid_order(expert=None)
    client = client_of_staff("orders.view_order", "orders.view_intake")

    assert listed(client, ORDERS) == []


def test_an_unknown_key_is_not_found(admin_client: Client) -> None:
    steps = ("release", "assign", "write", "submit", "decide", "deliver")

    answers = {
        admin_client.get(reverse(f"admin:orders_order_{step}", args=[key])).status_code
        for step in steps
        for key in ("nothing", uuid4())
    }

    assert answers == {404}


@pytest.mark.parametrize(
    ("email", "shown"),
    [("alice@example.org", "a…@example.org"), ("", ""), ("nothing", "")],
)
def test_a_masked_address_is_recognised_but_not_written_to(
    email: str, shown: str
) -> None:
    assert masked_email(email) == shown
