from collections.abc import Collection
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.admin.order_search import add_order_lookup, search_orders
from orders.models import Order
from tests.admin.reading_pages import client_of_staff, list_url, listed
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
ORDERS = "orders_order"
KNOWN_ELSEWHERE: dict[str, set[UUID]] = {}


@add_order_lookup
def by_what_another_floor_knows(word: str) -> Collection[UUID]:
    return KNOWN_ELSEWHERE.get(word, ())


def make_orders() -> Order:
    """Bruno's, which is looked for, among others."""
    make_order(number="LU261121-7K3MWR", email="alice@example.org", name="Alice Martin")
    make_order(number="LU270102-HJKMNP", email="brunot@example.org", name="Zoé Brunot")
    return make_order(
        number="LU261122-7K3MWQ", email="bruno@example.org", name="Bruno Keller-Étienne"
    )


def found(term: str, *, in_addresses: bool = True) -> set[str]:
    orders = search_orders(Order.objects.all(), term, in_addresses=in_addresses)
    return {order.number for order in orders}


@pytest.mark.parametrize(
    "term",
    [
        "LU261122-7K3MWQ",
        "lu261122-7k3mwq",
        "LU2611227K3MWQ",
        "261122-7k3mwq",
        "2611227K3MWQ",
        "LU261122 7K3MWQ",
        "  LU261122-7K3MWQ  ",
        "LU261122-",
        "261122-7K3",
        "lu261122",
        "261122",
        "7K3MWQ",
        "7k3mwq",
        "bruno 7K3MWQ",
        "bruno@example.org",
        "Bruno@Example.ORG",
        "bruno@exa",
        "keller",
        "KELLER",
        "eller-é",
        "étienne",
        "Bruno Keller",
        "keller bruno",
        "261122 keller",
    ],
)
def test_an_order_is_found_by_what_one_has_in_front_of_oneself(term: str) -> None:
    wanted = make_orders()

    assert found(term) == {wanted.number}


@pytest.mark.parametrize(
    "term",
    [
        "bruno alice",
        "LU261122-7K3MWX",
        "261199",
        "@example.org",
        "runo@example.org",
        "%",
        "_runo@example.org",
        "LU261122-7K3MW_",
        "bruno\\",
        "' OR 1=1 --",
        "x" * 10_000,
        "b " * 5_000 + "x",
        "keller " + "y" * 10_000,
    ],
)
def test_what_describes_no_order_finds_none(term: str) -> None:
    make_orders()

    assert found(term) == set()


@pytest.mark.parametrize("term", ["", "   ", "\0", "\u00a0"])
def test_no_word_leaves_all_orders(term: str) -> None:
    make_orders()

    assert len(found(term)) == 3


def test_a_number_is_found_from_its_start_and_an_address_too() -> None:
    make_orders()

    assert len(found("lu26")) == 2
    assert len(found("26")) == 2
    assert len(found("bruno")) == 2


def test_a_zero_byte_is_a_space() -> None:
    wanted = make_orders()

    assert found("bruno\0keller") == {wanted.number}


@pytest.mark.parametrize("term", ["\0", "bruno\0", "x" * 10_000, "b " * 5_000])
def test_nonsense_is_harmless_on_the_page(admin_client: Client, term: str) -> None:
    make_orders()

    answer = admin_client.get(list_url(ORDERS), {"q": term})

    assert answer.status_code == 200


@pytest.mark.parametrize("term", ["LU261122-7K3MWQ", "261122", "bruno@example.org"])
def test_what_looks_exact_is_looked_up_in_an_index(term: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Each engine explains itself in words of its own.")
    make_orders()

    plan = search_orders(Order.objects.order_by("pk"), term).explain()

    assert "SEARCH orders_order USING INDEX" in plan


def test_another_floor_may_know_an_order_by_an_id_of_its_own() -> None:
    wanted = make_orders()
    KNOWN_ELSEWHERE["intent_3Abc"] = {wanted.pk}

    assert found("intent_3Abc") == {wanted.number}
    assert found("intent_3Abc keller") == {wanted.number}
    assert found("intent_3Abc alice") == set()
    assert found("intent_unknown") == set()


def test_who_may_not_read_an_address_does_not_find_it_out_by_searching() -> None:
    make_orders()

    assert found("bruno@example.org", in_addresses=False) == set()
    assert found("bruno@", in_addresses=False) == set()
    assert len(found("bruno", in_addresses=False)) == 2
    assert len(found("alice", in_addresses=False)) == 1


@pytest.mark.parametrize("parameter", ["email__startswith", "email", "email__regex"])
def test_nor_by_writing_the_address_of_the_page(parameter: str) -> None:
    client = client_of_staff("orders.view_order")
    make_expert(user=None)

    answer = client.get(list_url(ORDERS), {parameter: "b"})

    assert answer.status_code == 400


def test_several_words_narrow_the_list_in_one_query(admin_client: Client) -> None:
    make_orders()

    with CaptureQueriesContext(connection) as one_word:
        listed(admin_client, ORDERS, q="keller")
    with CaptureQueriesContext(connection) as three_words:
        listed(admin_client, ORDERS, q="bruno keller 7K3MWQ")

    assert len(one_word) == len(three_words)
