"""The staff finds an order by a phone number or a last name, if they may read them."""

import pytest
from django.db import connection
from django.test import Client

from lumira.accounts.roles import Role
from orders.admin.order_search import search_orders
from orders.models import Order
from tests.admin.people import client_in, client_of_expert
from tests.admin.reading_pages import list_url, listed, markup
from tests.factories.orders import make_order
from tests.factories.work import make_assigned_order

pytestmark = pytest.mark.django_db
ORDERS = "orders_order"


def make_orders() -> Order:
    """Bruno's, which is looked for, among others. Names on the list are others."""
    make_order(name="A", intake={"lastName": "Martin", "phone": "06 11 11 11 11"})
    make_order(name="B", intake={"lastName": "Keller", "phone": "+32 470 12 34 56"})
    return make_order(
        name="C", intake={"lastName": "Le Goff-Étienne", "phone": "06 12 34 56 78"}
    )


def found(term: str, *, in_answers: bool = True) -> set[str]:
    orders = search_orders(Order.objects.all(), term, in_answers=in_answers)
    return {order.number for order in orders}


@pytest.mark.parametrize(
    "term",
    [
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "+33612345678",
        "+33 (0)6 12 34 56 78",
        "0033 612345678",
        "le goff-étienne",
        "LE GOFF ETIENNE",
        "Le Goff - Étienne",
        "legoffetienne",
        "alice@example.org 06 12 34 56 78",
        "06 12 34 56 78 alice@example.org",
        "legoffetienne 06 12 34 56 78",
    ],
)
def test_an_order_is_found_by_its_answers(term: str) -> None:
    wanted = make_orders()

    assert found(term) == {wanted.number}
    assert found(term, in_answers=False) == set()


@pytest.mark.parametrize(
    "term",
    [
        "06 12 34 56",
        "06 12 34 56 79",
        "0470123456",
        "goff",
        "le goff",
        "keller 06 12 34 56 78",
        "1990-02-28",
        "%",
        "+",
        "()",
    ],
)
def test_a_part_of_an_answer_finds_nothing(term: str) -> None:
    make_orders()

    assert found(term) == set()


def test_ten_digits_may_be_a_phone_number_or_an_order_number() -> None:
    by_number = make_order(number="LU270102-3456", intake={})
    by_phone = make_order(intake={"phone": "+270 102 3456"})

    assert found("2701023456") == {by_number.number, by_phone.number}


@pytest.mark.parametrize("term", ["0612345678", "+33 6 12 34 56 78"])
def test_a_phone_number_is_looked_up_in_an_index(term: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Each engine explains itself in words of its own.")
    make_orders()

    orders = Order.objects.order_by("pk")
    plan = search_orders(orders, term, in_answers=True).explain()

    assert "USING INDEX orders_with_a_phone" in plan
    assert "SCAN" not in plan


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.VALIDATOR])
def test_who_may_read_answers_finds_by_them(role: Role) -> None:
    wanted = make_orders()

    [row] = listed(client_in(role), ORDERS, q="06 12 34 56 78")

    assert wanted.number in row


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.FINANCE])
def test_who_may_not_read_answers_finds_nothing_out(role: Role) -> None:
    make_orders()
    client = client_in(role)

    assert listed(client, ORDERS, q="06 12 34 56 78") == []
    assert listed(client, ORDERS, q="legoffetienne") == []


def test_an_expert_finds_among_their_own_orders_only() -> None:
    make_orders()
    own = make_assigned_order(intake={"phone": "06 12 34 56 78"})

    rows = listed(client_of_expert(own.expert), ORDERS, q="0612345678")

    assert [own.number in row for row in rows] == [True]


@pytest.mark.parametrize("parameter", ["phone_index", "phone_index__startswith"])
def test_a_mark_cannot_be_tried_out_in_the_address(parameter: str) -> None:
    make_orders()

    answer = client_in(Role.SUPPORT).get(list_url(ORDERS), {parameter: "a"})

    assert answer.status_code == 400


def test_the_field_says_what_it_takes(admin_client: Client) -> None:
    assert "nom, téléphone" in markup(admin_client, list_url(ORDERS))
    assert "nom, téléphone" not in markup(client_in(Role.SUPPORT), list_url(ORDERS))
