"""GET order and GET orders."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from orders.access import COOKIE, access_token
from tests.api.calling import ORDER, ORDERS, assert_error
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db
MOMENT = re.compile(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def test_a_new_order_in_full(client: Client) -> None:
    order = make_order()

    answer = client.get(f"{ORDER}{order.pk}")

    facts = answer.json()["order"]
    assert answer.status_code == 200
    assert answer.json().keys() == {"order"}
    assert MOMENT.fullmatch(facts.pop("createdAt"))
    assert facts == {
        "id": str(order.pk),
        "orderNumber": order.number,
        "status": "pending",
        "paymentStatus": "requires_payment_method",
        "workflowStatus": "pending",
        "amount": 7900,
        "currency": "eur",
        "amountRefunded": 0,
        "service": "premium",
        "level": 2,
        "levelName": "Intuitive",
        "duration": 60,
        "expert": {"name": "Camille Aubry"},
        "paidAt": None,
        "completedAt": None,
    }


def test_a_paid_order_tells_both_states_and_when(client: Client) -> None:
    order = make_order(status="completed", paid_at=now(), completed_at=now())
    make_payment(order=order, status="completed", stripe_status="succeeded")

    facts = client.get(f"{ORDER}{order.pk}").json()["order"]

    assert (facts["status"], facts["paymentStatus"]) == ("completed", "succeeded")
    assert facts["workflowStatus"] == "completed"
    assert MOMENT.fullmatch(facts["paidAt"])
    assert MOMENT.fullmatch(facts["completedAt"])


def test_what_has_gone_back_for_good_is_told(client: Client) -> None:
    payment = make_payment(
        status="completed", amount_refunded=1500, amount_refunding=900
    )

    facts = client.get(f"{ORDER}{payment.order_id}").json()["order"]

    assert facts["amountRefunded"] == 1500


def test_the_attempt_that_collected_speaks_for_the_order(client: Client) -> None:
    order = make_order(status="paid")
    make_payment(order=order, status="completed", created_at=now() - timedelta(hours=1))
    make_payment(order=order, status="cancelled", stripe_status="canceled")

    facts = client.get(f"{ORDER}{order.pk}").json()["order"]

    assert facts["status"] == "completed"


def test_an_order_without_an_expert_says_so(client: Client) -> None:
    order = make_order(expert=None)

    assert client.get(f"{ORDER}{order.pk}").json()["order"]["expert"] is None


def test_nothing_personal_is_told(client: Client) -> None:
    order = make_order(intake={"firstName": "Alice", "phone": "+33612345678"})
    make_payment(order=order)

    told = client.get(f"{ORDER}{order.pk}").content.decode()

    for personal in ("alice", "Alice", "example.org", "Martin", "336", "secret", "pi_"):
        assert personal not in told


@pytest.mark.parametrize(
    "order_id", ["nonsense", str(uuid.UUID(int=1)), "1", "LU261122-ABCDEF", "%00"]
)
def test_an_unknown_order_is_a_404(client: Client, order_id: str) -> None:
    assert_error(client.get(f"{ORDER}{order_id}"), 404, "unknown_order")


def test_an_order_is_not_found_by_its_number(client: Client) -> None:
    order = make_order()

    assert_error(client.get(f"{ORDER}{order.number}"), 404, "unknown_order")


def test_a_last_slash_is_forgiven(client: Client) -> None:
    order = make_order()

    assert client.get(f"{ORDER}{order.pk}/").status_code == 200


def test_reading_writes_nothing_and_stays_cheap(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    order = make_payment().order
    before = table_contents()

    with django_assert_max_num_queries(6):
        client.get(f"{ORDER}{order.pk}")

    assert table_contents() == before


def test_orders_of_the_person_whose_link_it_is(client: Client) -> None:
    mine = [make_order(created_at=now() - timedelta(days=n)) for n in range(3)]
    make_order(email="bob@example.org")
    bearer = {"Authorization": f"Bearer {access_token(mine[1])}"}

    answer = client.get(ORDERS, headers=bearer)

    rows = answer.json()["orders"]
    single = client.get(f"{ORDER}{mine[0].pk}").json()["order"]
    assert answer.status_code == 200
    assert [row["id"] for row in rows] == [str(order.pk) for order in mine]
    assert rows[0] == single


def test_the_cookie_of_the_opened_link_is_good_too(client: Client) -> None:
    order = make_order()
    client.cookies[COOKIE] = access_token(order)

    rows = client.get(ORDERS).json()["orders"]

    assert [row["id"] for row in rows] == [str(order.pk)]


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer forged", "Basic YTpi", "Bearer a:b:c", "🙂"],
)
def test_without_a_good_token_there_is_nothing_to_see(
    client: Client, header: str
) -> None:
    make_order()

    answer = client.get(ORDERS, headers={"Authorization": header})

    assert_error(answer, 401, "sign_in_required")


def test_a_token_turned_to_another_order_is_forged(client: Client) -> None:
    mine, other = make_order(), make_order(email="bob@example.org")
    token = access_token(mine).replace(mine.pk.hex, other.pk.hex)

    answer = client.get(ORDERS, headers={"Authorization": f"Bearer {token}"})

    assert_error(answer, 401, "sign_in_required")


def test_an_expired_token_is_refused(client: Client) -> None:
    # Signed with the shop's own key and salt on 1 January 2026.
    order = make_order()
    signer = signing.TimestampSigner(salt="orders.access")
    value = f"{order.pk.hex}:{signing.b62_encode(1767225600)}"
    token = f"{value}:{signer.signature(value)}"

    answer = client.get(ORDERS, headers={"Authorization": f"Bearer {token}"})

    assert_error(answer, 401, "sign_in_required")


def test_the_link_of_an_order_without_an_address_opens_that_order_alone(
    client: Client,
) -> None:
    nameless = make_order(email="")
    make_order(email="")

    answer = client.get(
        ORDERS, headers={"Authorization": f"Bearer {access_token(nameless)}"}
    )

    assert [one["id"] for one in answer.json()["orders"]] == [str(nameless.pk)]


def test_many_orders_are_read_without_a_query_for_each(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    orders = [make_order() for _ in range(12)]
    for order in orders:
        make_payment(order=order)
    bearer = {"Authorization": f"Bearer {access_token(orders[0])}"}

    with django_assert_max_num_queries(8):
        answer = client.get(ORDERS, headers=bearer)

    assert len(answer.json()["orders"]) == 12
