"""What banks contest and networks suspect: until when, why, and what to do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings

from orders.actions.hold import place_hold
from orders.models.hold import HoldReason
from payments.models import Dispute
from payments.status import DisputeStatus, PaymentStatus
from tests.admin.reading_pages import (
    client_of_staff,
    listed,
    markup,
    page_url,
    words,
)
from tests.factories.payments import make_dispute, make_fraud_warning, make_payment

pytestmark = pytest.mark.django_db
DISPUTES, WARNINGS = "payments_dispute", "payments_fraudwarning"
MOMENT = datetime(2026, 11, 22, 20, 7, tzinfo=UTC)


def page_of(client: Client, dispute: Dispute) -> str:
    return words(client, page_url(DISPUTES, dispute.pk))


def test_a_dispute_says_how_much_why_and_until_when(admin_client: Client) -> None:
    dispute = make_dispute(make_payment(), created_at=MOMENT)

    rows = listed(admin_client, DISPUTES)

    assert rows == [
        f"{dispute.order_number} 22/11/2026 21:07 31/12/2099 21:07 79,00 € "
        "À répondre Le client ne reconnaît pas ce paiement (fraude)"
    ]
    assert "dp_1" in words(
        admin_client, page_url("payments_payment", dispute.payment_id)
    )


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(hours=5, minutes=30), "(dans 5 h)"),
        (timedelta(minutes=30), "(dans moins d'une heure)"),
        (timedelta(hours=-1), "(dépassé)"),
    ],
)
def test_a_deadline_that_is_near_says_how_near(
    admin_client: Client, left: timedelta, said: str
) -> None:
    make_dispute(make_payment(), due_by=now() + left)

    (row,) = listed(admin_client, DISPUTES)

    assert said in row


def test_a_deadline_that_was_met_is_only_a_date(admin_client: Client) -> None:
    make_dispute(
        make_payment(),
        due_by=now() - timedelta(days=1),
        status=DisputeStatus.UNDER_REVIEW,
    )

    (row,) = listed(admin_client, DISPUTES)

    assert "dépassé" not in row


def test_the_list_can_be_what_is_to_answer_alone(admin_client: Client) -> None:
    for number, status in enumerate(DisputeStatus):
        make_dispute(make_payment(), stripe_id=f"dp_{number}", status=status)

    rows = listed(admin_client, DISPUTES, waits="1")

    assert len(rows) == 3
    assert all("répondre" in row for row in rows)


def test_fifty_disputes_take_as_many_queries_as_five(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(admin_client, DISPUTES)
        return len(captured)

    for number in range(5):
        make_dispute(make_payment(), stripe_id=f"dp_{number}")
    queries()
    five = queries()
    for number in range(5, 50):
        make_dispute(make_payment(), stripe_id=f"dp_{number}")

    assert queries() == five


def test_the_page_says_what_to_send_and_leads_to_where(
    admin_client: Client, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = ""
    dispute = make_dispute(make_payment(), reason="product_not_received")

    page = page_of(admin_client, dispute)
    html = markup(admin_client, page_url(DISPUTES, dispute.pk))

    assert "Que faire Répondez chez Stripe : sans réponse, le litige est perdu." in page
    assert "À envoyer à la banque, en une seule fois : La date de remise" in page
    assert "Répondre chez Stripe" in page
    assert 'href="https://dashboard.stripe.com/test/disputes/dp_1"' in html
    assert page_url("orders_order", dispute.payment.order_id) in html


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (DisputeStatus.WARNING_NEEDS_RESPONSE, "ou remboursez tout"),
        (DisputeStatus.APPEAL_NEEDS_RESPONSE, "Complétez la réponse"),
        (DisputeStatus.UNDER_REVIEW, "Rien à faire ; la commande reste bloquée."),
        (DisputeStatus.APPEAL_UNDER_REVIEW, "Rien à faire"),
        (DisputeStatus.WON, "Terminé en notre faveur"),
        (DisputeStatus.PREVENTED, "Terminé en notre faveur"),
        (DisputeStatus.LOST, "Perdu : l'argent est chez le client."),
    ],
)
def test_each_state_says_what_to_do(
    admin_client: Client, status: DisputeStatus, said: str
) -> None:
    dispute = make_dispute(make_payment(), status=status)

    assert said in page_of(admin_client, dispute)


def test_evidence_is_asked_for_only_while_an_answer_is_missing(
    admin_client: Client,
) -> None:
    dispute = make_dispute(make_payment(), status=DisputeStatus.UNDER_REVIEW)

    page = page_of(admin_client, dispute)

    assert "À envoyer" not in page


def test_a_reason_that_is_new_is_shown_as_it_is(admin_client: Client) -> None:
    dispute = make_dispute(make_payment(), reason="full_moon")

    page = page_of(admin_client, dispute)

    assert "Motif full_moon" in page
    assert "Le numéro de commande" in page


def test_the_orders_page_says_why_it_is_frozen(admin_client: Client) -> None:
    order = make_payment().order
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    page = words(admin_client, page_url("orders_order", order.pk))

    assert "Litige avec la banque du client" in page


def test_a_warning_says_what_is_suspected(admin_client: Client) -> None:
    warning = make_fraud_warning(make_payment(), created_at=MOMENT)

    rows = listed(admin_client, WARNINGS)

    assert rows == [
        f"{warning.order_number} 22/11/2026 21:07 carte volée On peut encore agir"
    ]


def test_a_warning_leads_to_the_refund_while_that_helps(admin_client: Client) -> None:
    payment = make_payment(status=PaymentStatus.COMPLETED)
    warning = make_fraud_warning(payment)
    refund = reverse("admin:payments_payment_refund", args=[payment.pk])

    url = page_url(WARNINGS, warning.pk)

    assert "le litige et ses frais sont évités" in words(admin_client, url)
    assert f'href="{refund}"' in markup(admin_client, url)


def test_a_warning_that_is_over_offers_no_refund(admin_client: Client) -> None:
    payment = make_payment(status=PaymentStatus.COMPLETED)
    warning = make_fraud_warning(payment, actionable=False)
    refund = reverse("admin:payments_payment_refund", args=[payment.pk])

    url = page_url(WARNINGS, warning.pk)

    assert "il n'y a plus rien à empêcher" in words(admin_client, url)
    assert f'href="{refund}"' not in markup(admin_client, url)


def test_who_may_not_refund_is_not_led_to_a_refund() -> None:
    payment = make_payment(status=PaymentStatus.COMPLETED)
    warning = make_fraud_warning(payment)
    client = client_of_staff("payments.view_fraudwarning")
    refund = reverse("admin:payments_payment_refund", args=[payment.pk])

    page = markup(client, page_url(WARNINGS, warning.pk))

    assert f'href="{refund}"' not in page
