"""An order is found by any id that Stripe knows its money by."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from payments.admin.order_lookup import orders_with
from payments.models import Payment
from tests.admin.reading_pages import listed
from tests.factories.payments import (
    make_dispute,
    make_event,
    make_fraud_warning,
    make_payment,
    make_refund,
)

pytestmark = pytest.mark.django_db
IDS = ("pi_1", "ch_1", "re_1", "dp_1", "issfr_1", "evt_1")


def make_known() -> Payment:
    payment = make_payment(intent_id="pi_1", charge_id="ch_1")
    make_refund(payment, stripe_id="re_1")
    make_dispute(payment, stripe_id="dp_1")
    make_fraud_warning(payment, stripe_id="issfr_1")
    make_event("evt_1", "re_1")
    return payment


@pytest.mark.parametrize("stripe_id", IDS)
def test_each_id_leads_to_its_order(admin_client: Client, stripe_id: str) -> None:
    payment = make_known()
    make_payment(charge_id="ch_other")

    (row,) = listed(admin_client, "orders_order", q=stripe_id)

    assert payment.order_number in row


@pytest.mark.parametrize(
    "word",
    ["pi_", "pi_2", "PI_1", "re", "_1", "", "evt_2", "alice", "pi_1\0", "dp_" * 2000],
)
def test_what_is_not_the_whole_id_leads_nowhere(word: str) -> None:
    make_known()

    assert list(orders_with(word)) == []


@pytest.mark.parametrize("word", ["alice", "LU261122-7K3MWQ", "pi_", "a_b"])
def test_a_word_that_is_no_id_costs_no_query(word: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        orders_with(word)

    assert len(captured) == 0


def test_an_event_about_an_event_ends(admin_client: Client) -> None:
    make_event("evt_1", "evt_1")

    assert list(orders_with("evt_1")) == []


def test_nothing_is_joined() -> None:
    make_known()

    with CaptureQueriesContext(connection) as captured:
        for stripe_id in IDS:
            orders_with(stripe_id)

    assert "JOIN" not in str([query["sql"] for query in captured])
