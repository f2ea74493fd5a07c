"""« Mes commandes » asks nobody to pay while a bank still thinks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orders.access import COOKIE, access_token
from orders.models import Order
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
PAGE, CONFIRMING = "/commandes/", "En attente de confirmation"


def rows(client: Client, order: Order) -> str:
    client.cookies[COOKIE] = access_token(order)
    page = client.get(PAGE).content.decode()
    return page.partition("order-list")[2].partition("</ul>")[0]


def pay_link(order: Order) -> str:
    return f'href="{reverse("payments:pay", args=[order.pk])}"'


@pytest.mark.parametrize("order_status", ["pending", "failed"])
@pytest.mark.parametrize("payment_status", ["processing", "completed"])
def test_a_payment_under_way_is_followed_and_not_paid_again(
    client: Client, order_status: str, payment_status: str
) -> None:
    order = make_order(status=order_status)
    make_payment(order=order, status=payment_status)

    row = rows(client, order)

    assert CONFIRMING in row
    assert row.count(f'href="{order.get_absolute_url()}"') == 1
    assert "Suivre" in row
    assert pay_link(order) not in row
    assert order.get_status_display() not in row


@pytest.mark.parametrize("status", ["pending", "failed", "cancelled"])
def test_what_may_still_be_paid_says_so(client: Client, status: str) -> None:
    order = make_order()
    make_payment(order=order, status=status)

    row = rows(client, order)

    assert pay_link(order) in row
    assert CONFIRMING not in row


def test_the_one_under_way_says_nothing_about_its_neighbour(client: Client) -> None:
    awaited, other = make_order(), make_order()
    make_payment(order=awaited, status="processing")

    row = rows(client, awaited)

    assert row.count(CONFIRMING) == 1
    assert pay_link(other) in row
    assert pay_link(awaited) not in row


def test_what_was_paid_before_is_what_it_is(client: Client) -> None:
    order = make_order(status="paid")
    make_payment(order=order, status="completed")
    make_payment(order=order, status="cancelled")

    row = rows(client, order)

    assert CONFIRMING not in row
    assert "Payée" in row


def test_many_take_as_many_queries_as_one(client: Client) -> None:
    make_payment(order=make_order(), status="processing")
    with CaptureQueriesContext(connection) as for_one:
        rows(client, Order.objects.get())
    for _n in range(3):
        make_payment(order=make_order(), status="processing")

    with CaptureQueriesContext(connection) as for_many:
        row = rows(client, Order.objects.all()[0])

    assert row.count(CONFIRMING) == 4
    assert len(for_many) == len(for_one)
