"""What an order's page tells of its money, and what it offers to do about it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from orders.models import Order
from orders.status import OrderStatus
from payments.models import Payment
from payments.status import DisputeStatus, PaymentStatus, RefundStatus
from tests.admin.reading_pages import client_of_staff, markup, page_url, words
from tests.factories.orders import make_order
from tests.factories.payments import (
    make_dispute,
    make_event,
    make_fraud_warning,
    make_payment,
    make_refund,
)

pytestmark = pytest.mark.django_db
SEES = ("orders.view_order", "orders.view_every_order")
MOMENT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def make_paid(order: Order | None = None, **fields: object) -> Payment:
    row = {
        "status": PaymentStatus.COMPLETED,
        "created_at": MOMENT,
        "completed_at": MOMENT + timedelta(minutes=2),
        "charge_id": "ch_1",
    }
    paid_order = order or make_order(status=OrderStatus.PAID)
    return make_payment(order=paid_order, **row | fields)


def url_of(payment: Payment) -> str:
    return page_url("orders_order", payment.order_id)


def summary(client: Client, payment: Payment) -> str:
    return words(client, url_of(payment)).partition("Historique")[0]


def history(client: Client, payment: Payment) -> str:
    return words(client, url_of(payment)).partition("Historique")[2]


def dialog(payment: Payment) -> str:
    return reverse("admin:payments_payment_refund", args=[payment.pk])


def test_the_top_says_what_came_in_and_what_went_back(admin_client: Client) -> None:
    payment = make_paid(amount_refunded=1000, amount_refunding=500)

    top = summary(admin_client, payment)

    assert "Encaissé 79,00 €" in top
    assert "Remboursé 10,00 € et 5,00 € en cours" in top
    assert "Contesté" not in top


def test_of_money_that_did_not_move_nothing_is_said(admin_client: Client) -> None:
    of_unpaid = summary(admin_client, make_payment())
    of_paid = summary(admin_client, make_paid())

    assert "Encaissé" not in of_unpaid
    assert "Remboursé" not in of_paid.partition("Que faire maintenant")[0]


def test_what_is_contested_is_said_with_its_deadline(admin_client: Client) -> None:
    payment = make_paid()
    make_dispute(payment)

    top = summary(admin_client, payment)

    assert "Contesté 79,00 € À répondre, avant le 31/12/2099 21:07" in top


def test_a_dispute_that_was_won_is_no_longer_said(admin_client: Client) -> None:
    payment = make_paid()
    make_dispute(payment, status=DisputeStatus.WON)

    assert "Contesté" not in summary(admin_client, payment)


def test_paid_twice_is_seen_and_each_payment_can_go_back(admin_client: Client) -> None:
    first = make_paid()
    second = make_paid(first.order, charge_id="ch_2")

    page = markup(admin_client, url_of(first))

    said = "Encaissé 158,00 € en 2 fois : payée deux fois ?"
    assert said in summary(admin_client, first)
    assert f'href="{dialog(first)}"' in page
    assert f'href="{dialog(second)}"' in page


@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({}, True),
        ({"amount_refunded": 7000}, True),
        ({"amount_refunded": 7900}, False),
        ({"amount_refunding": 7900}, False),
        ({"status": PaymentStatus.FAILED, "completed_at": None}, False),
    ],
)
def test_a_refund_is_offered_while_something_can_go_back(
    admin_client: Client, fields: dict[str, object], is_offered: bool
) -> None:
    payment = make_paid(**fields)

    page = markup(admin_client, url_of(payment))

    assert (f'href="{dialog(payment)}"' in page) == is_offered


def test_a_contested_payment_offers_the_answer_and_no_refund(
    admin_client: Client,
) -> None:
    payment = make_paid()
    dispute = make_dispute(payment)

    page = markup(admin_client, url_of(payment))

    assert "Répondre au litige…" in page
    assert page_url("payments_dispute", dispute.pk) in page
    assert f'href="{dialog(payment)}"' not in page


def test_a_refund_that_failed_is_offered_again(admin_client: Client) -> None:
    payment = make_paid()
    failed = make_refund(payment, status=RefundStatus.FAILED)

    page = markup(admin_client, url_of(payment))

    assert "Recommencer le remboursement…" in page
    assert f'href="{dialog(payment)}?echoue={failed.pk}"' in page


def test_a_failed_refund_that_was_begun_again_is_done_with(
    admin_client: Client,
) -> None:
    payment = make_paid(amount_refunded=1000)
    make_refund(payment, status=RefundStatus.FAILED, created_at=MOMENT)
    make_refund(payment, status=RefundStatus.SUCCEEDED)

    page = markup(admin_client, url_of(payment))

    assert "Recommencer le remboursement…" not in page
    assert f'href="{dialog(payment)}"' in page


def test_who_may_not_refund_is_offered_none() -> None:
    payment = make_paid()
    client = client_of_staff(*SEES, "payments.view_payment")

    page = markup(client, url_of(payment))

    assert "Encaissé 79,00 €" in summary(client, payment)
    assert dialog(payment) not in page


def test_who_may_not_see_payments_learns_nothing_of_them() -> None:
    payment = make_paid(intent_id="pi_1")
    make_dispute(payment)
    make_event("evt_1", "pi_1")
    client = client_of_staff(*SEES)

    page = markup(client, url_of(payment))

    for secret in ("Encaissé", "Contesté", "pi_1", "dp_1", "evt_1"):
        assert secret not in page


def test_who_sees_payments_alone_sees_no_refunds_disputes_and_events() -> None:
    payment = make_paid(intent_id="pi_1")
    make_refund(payment, stripe_id="re_1", reason="geste")
    make_dispute(payment)
    make_event("evt_1", "pi_1")
    client = client_of_staff(*SEES, "payments.view_payment")

    page = history(client, payment)

    assert "79,00 € encaissés" in page
    for secret in ("geste", "contestés", "evt_1"):
        assert secret not in page


def test_the_history_tells_of_all_its_money_in_order(admin_client: Client) -> None:
    payment = make_paid(intent_id="pi_1")
    make_event("evt_1", "pi_1", received_at=MOMENT + timedelta(minutes=3))
    make_fraud_warning(payment, created_at=MOMENT + timedelta(minutes=4))
    make_dispute(
        payment,
        status=DisputeStatus.WON,
        created_at=MOMENT + timedelta(minutes=5),
    )
    make_refund(
        payment,
        reason="geste",
        status=RefundStatus.FAILED,
        failure_reason="lost_or_stolen_card",
        created_at=MOMENT + timedelta(minutes=6),
    )

    page = history(admin_client, payment)

    told = [
        "Paiement de 79,00 € préparé",
        "79,00 € encaissés",
        "Stripe : Paiement encaissé",
        "Appliqué · evt_1",
        "Alerte de fraude du réseau de la carte",
        "Soupçon : carte volée",
        "79,00 € contestés par la banque du client",
        "Remboursement de 10,00 € demandé",
        "geste",
        "claire",
    ]
    places = [page.find(one) for one in told]
    assert -1 not in places, page
    assert places == sorted(places)
    assert "Litige de 79,00 € : gagné" in page
    assert "Remboursement de 10,00 € : échoué" in page
    assert "carte perdue ou volée (lost_or_stolen_card)" in page


def test_a_declined_card_is_told_with_its_reason(admin_client: Client) -> None:
    payment = make_payment(
        status=PaymentStatus.FAILED,
        failure_code="card_declined",
        decline_code="insufficient_funds",
    )

    page = history(admin_client, payment)

    assert "Paiement de 79,00 € refusé" in page
    assert "(insufficient_funds)" in page


def test_what_failed_here_says_so(admin_client: Client) -> None:
    payment = make_paid(intent_id="pi_1")
    make_event("evt_1", "pi_1", processed=False, attempts=3, last_error="KeyError")

    assert "Échoué 3 fois (KeyError) · evt_1" in history(admin_client, payment)


def test_each_moment_leads_to_our_page_and_to_stripes(
    admin_client: Client, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = ""
    payment = make_paid(intent_id="pi_1", livemode=True)
    refund = make_refund(payment, stripe_id="re_1")
    dispute = make_dispute(payment)
    make_event("evt_1", "pi_1", livemode=True)

    page = markup(admin_client, url_of(payment)).partition("Historique")[2]

    for link in (
        page_url("payments_payment", payment.pk),
        page_url("payments_refund", refund.pk),
        page_url("payments_dispute", dispute.pk),
        reverse("admin:payments_processedevent_change", args=["evt_5F1"]),
        "https://dashboard.stripe.com/payments/pi_1",
        "https://dashboard.stripe.com/payments/ch_1",
        "https://dashboard.stripe.com/refunds/re_1",
        "https://dashboard.stripe.com/disputes/dp_1",
        "https://dashboard.stripe.com/events/evt_1",
    ):
        assert f'href="{link}"' in page


def test_much_money_takes_as_many_queries_as_little(admin_client: Client) -> None:
    def queries(payment: Payment) -> int:
        with CaptureQueriesContext(connection) as captured:
            markup(admin_client, url_of(payment))
        return len(captured)

    def make_troubled(count: int) -> Payment:
        payment = make_paid(charge_id="")
        for number in range(count):
            name = f"{payment.pk}-{number}"
            make_paid(payment.order, charge_id="")
            make_refund(payment, stripe_id=f"re_{name}")
            make_dispute(payment, stripe_id=f"dp_{name}")
            make_fraud_warning(payment, stripe_id=f"issfr_{name}")
            make_event(f"evt_{name}", str(payment.intent_id))
        return payment

    little, much = make_troubled(1), make_troubled(10)
    queries(little)

    assert queries(much) == queries(little)
