"""Each figure of the dashboard leads to the rows it counts."""

import re

import pytest
from django.test import Client

from orders.status import OrderStatus
from payments.status import PaymentStatus, RefundStatus
from tests.admin.dashboard_shop import (
    PAGE,
    decline,
    give_back,
    links,
    make_busy_shop,
    rows_of,
    sell,
    tiles,
)
from tests.admin.reading_pages import markup
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "label",
    [
        "À attribuer",
        "En retard",
        "Litiges à répondre",
        "Messages abandonnés",
        "Événements en échec",
        "Commandes payées",
        "Commandes livrées",
    ],
)
def test_a_number_leads_to_the_rows_it_counts(admin_client: Client, label: str) -> None:
    make_busy_shop()

    number = int(tiles(admin_client, periode="30")[label])

    assert number > 0
    assert len(rows_of(admin_client, links(admin_client)[label])) == number


@pytest.mark.parametrize(
    ("label", "amounts"), [("Encaissé", [2900, 7900]), ("Remboursé", [1000])]
)
def test_a_sum_leads_to_the_rows_it_adds(
    admin_client: Client, label: str, amounts: list[int]
) -> None:
    payment = sell(7900)
    sell(2900)
    decline("insufficient_funds")
    give_back(payment, 1000, RefundStatus.SUCCEEDED)
    give_back(payment, 500, RefundStatus.PENDING)
    give_back(payment, 300, RefundStatus.FAILED)

    rows = rows_of(admin_client, links(admin_client)[label])

    assert sorted(row.amount for row in rows) == amounts


def test_a_rate_leads_to_the_attempts_that_are_its_part(admin_client: Client) -> None:
    good = sell()
    bad = decline("insufficient_funds")
    given_up = make_payment(status=PaymentStatus.CANCELLED, failure_code="expired_card")
    make_payment(status=PaymentStatus.CANCELLED)
    make_payment()

    found = links(admin_client)

    assert rows_of(admin_client, found["Paiements réussis"]) == [good]
    assert set(rows_of(admin_client, found["Paiements refusés"])) == {bad, given_up}


def test_a_bar_of_the_chart_leads_to_its_day(admin_client: Client) -> None:
    sell()
    page = markup(admin_client, PAGE, periode="30")
    day = re.findall(r'<th scope="row"><a class="text-link" href="([^"]*)"', page)

    counts = [len(rows_of(admin_client, url.replace("&amp;", "&"))) for url in day[:30]]

    assert sum(counts) == 1


def test_a_state_leads_to_its_orders(admin_client: Client) -> None:
    make_order(status=OrderStatus.FAILED)
    make_order()
    page = markup(admin_client, PAGE, periode="30")

    (url,) = re.findall(r'href="([^"]*status__exact=failed[^"]*)"', page)

    assert len(rows_of(admin_client, url.replace("&amp;", "&"))) == 1


def test_a_reason_leads_to_its_payments(admin_client: Client) -> None:
    decline("insufficient_funds")
    decline("insufficient_funds")
    decline("lost_card")
    decline("")
    page = markup(admin_client, PAGE, periode="30")
    urls = re.findall(r'class="rows__count text-link" href="([^"]*)"', page)

    numbers = [len(rows_of(admin_client, url.replace("&amp;", "&"))) for url in urls]

    assert numbers == [2, 1, 1]
