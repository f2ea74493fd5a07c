from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from payments.models import Payment
from payments.status import PaymentStatus, RefundStatus
from tests.admin.reading_pages import (
    client_of_staff,
    listed,
    markup,
    page_url,
    words,
)
from tests.factories.orders import make_order
from tests.factories.payments import (
    make_dispute,
    make_event,
    make_fraud_warning,
    make_payment,
    make_refund,
)

pytestmark = pytest.mark.django_db
PAYMENTS = "payments_payment"
MOMENT = datetime(2026, 11, 22, 20, 7, tzinfo=UTC)


def url_of(payment: Payment) -> str:
    return page_url(PAYMENTS, payment.pk)


def test_a_row_says_which_order_when_how_much_and_how_it_stands(
    admin_client: Client,
) -> None:
    make_payment(
        order=make_order(number="LU261122-7K3MWQ"),
        intent_id="pi_1",
        status=PaymentStatus.FAILED,
        created_at=MOMENT,
    )

    rows = listed(admin_client, PAYMENTS)

    assert rows == ["LU261122-7K3MWQ 22/11/2026 21:07 79,00 € Refusé Test pi_1"]


@pytest.mark.parametrize("text", ["7K3MWQ", "pi_wanted", "ch_wanted"])
def test_a_payment_is_found_by_order_number_intent_or_charge(
    admin_client: Client, text: str
) -> None:
    make_payment(charge_id="ch_other")
    make_payment(
        order=make_order(number="LU261122-7K3MWQ"),
        intent_id="pi_wanted",
        charge_id="ch_wanted",
    )

    rows = listed(admin_client, PAYMENTS, q=text)

    assert len(rows) == 1
    assert "LU261122-7K3MWQ" in rows[0]


@pytest.mark.parametrize(
    "query",
    [
        {"status__exact": "completed"},
        {"livemode__exact": "1"},
        {"created_at_from": "2026-11-22", "created_at_to": "2026-11-22"},
    ],
)
def test_payments_are_filtered_by_state_mode_and_day(
    admin_client: Client, query: dict[str, str]
) -> None:
    make_payment(created_at=datetime(2026, 11, 20, tzinfo=UTC))
    make_payment(
        intent_id="pi_wanted",
        status=PaymentStatus.COMPLETED,
        livemode=True,
        created_at=MOMENT,
    )

    rows = listed(admin_client, PAYMENTS, **query)

    assert len(rows) == 1
    assert "pi_wanted" in rows[0]


def test_fifty_payments_take_as_many_queries_as_five(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(admin_client, PAYMENTS)
        return len(captured)

    for _ in range(5):
        make_payment()
    five = queries()
    for _ in range(45):
        make_payment()

    assert queries() == five


def test_the_page_states_the_facts_and_leads_to_the_order(
    admin_client: Client,
) -> None:
    payment = make_payment(
        status=PaymentStatus.COMPLETED,
        stripe_status="succeeded",
        charge_id="ch_1",
        completed_at=MOMENT,
        amount_refunded=1000,
        amount_refunding=500,
    )

    page = words(admin_client, url_of(payment))

    order_url = page_url("orders_order", payment.order_id)
    assert f'href="{order_url}"' in markup(admin_client, url_of(payment))
    for fact in (
        f"Commande {payment.order_number} Mode Test",
        "État Encaissé Montant 79,00 €",
        "Remboursé 10,00 € En cours de remboursement 5,00 €",
        "Encaissé le 22/11/2026 21:07",
        f"PaymentIntent {payment.intent_id} Charge ch_1",
        "État chez Stripe succeeded",
        "Code d'échec - Code de refus - Ce que le client a lu -",
    ):
        assert fact in page


def test_a_refusal_shows_the_codes_and_the_sentence_the_customer_saw(
    admin_client: Client,
) -> None:
    payment = make_payment(
        status=PaymentStatus.FAILED,
        failure_code="card_declined",
        decline_code="insufficient_funds",
    )

    page = words(admin_client, url_of(payment))

    assert "Code d'échec card_declined Code de refus insufficient_funds" in page
    assert "Fonds insuffisants sur votre compte. Veuillez vérifier votre solde." in page


def test_staff_see_the_code_that_the_customer_must_not_learn(
    admin_client: Client,
) -> None:
    payment = make_payment(failure_code="card_declined", decline_code="stolen_card")

    page = words(admin_client, url_of(payment))

    assert "stolen_card" in page
    assert "Votre carte a été refusée." in page


@pytest.mark.parametrize(
    ("livemode", "folder"), [(False, "/test/payments/"), (True, "/payments/")]
)
def test_ids_lead_to_stripes_dashboard_of_the_right_mode(
    admin_client: Client, settings: Settings, livemode: bool, folder: str
) -> None:
    settings.STRIPE_API_BASE = ""
    payment = make_payment(intent_id="pi_1", charge_id="ch_1", livemode=livemode)

    page = markup(admin_client, url_of(payment))

    for stripe_id in ("pi_1", "ch_1"):
        link = f'href="https://dashboard.stripe.com{folder}{stripe_id}"'
        assert f'{link} class="text-link" target="_blank" rel="noopener' in page


def test_what_stripe_has_not_seen_yet_leads_nowhere(admin_client: Client) -> None:
    payment = make_payment(intent_id=None)

    page = markup(admin_client, url_of(payment))

    assert "dashboard.stripe.com" not in page
    assert "Pas encore chez Stripe" in words(
        admin_client, page_url("orders_order", payment.order_id)
    )


def test_the_refunds_of_the_payment_lead_to_their_pages(
    admin_client: Client,
) -> None:
    payment = make_payment(status=PaymentStatus.COMPLETED)
    arrived = make_refund(payment, stripe_id="re_1", status=RefundStatus.SUCCEEDED)
    make_refund(payment, stripe_id="re_2", status=RefundStatus.FAILED)
    make_refund(make_payment(), stripe_id="re_other")

    page = words(admin_client, url_of(payment))

    assert "10,00 € Remboursé claire" in page
    assert "10,00 € Échoué claire" in page
    assert "re_other" not in page
    refund_url = page_url("payments_refund", arrived.pk)
    assert f'href="{refund_url}"' in markup(admin_client, url_of(payment))


def test_the_events_of_the_intent_and_all_that_hangs_on_it_are_listed(
    admin_client: Client,
) -> None:
    payment = make_payment(intent_id="pi_1", charge_id="ch_1")
    make_refund(payment, stripe_id="re_1")
    make_dispute(payment, stripe_id="dp_1")
    make_fraud_warning(payment, stripe_id="issfr_1")
    make_event("evt_dispute", "dp_1", type="charge.dispute.created")
    make_event("evt_warning", "issfr_1", type="radar.early_fraud_warning.created")
    later = datetime(2026, 11, 23, tzinfo=UTC)
    make_event("evt_charge", "ch_1", type="charge.updated", received_at=later)
    make_event("evt_intent", "pi_1", received_at=MOMENT)
    make_event("evt_refund", "re_1", type="refund.created", processed=False)
    make_event("evt_other", "pi_2")

    page = words(admin_client, url_of(payment)).partition("Événements Stripe")[2]

    rows = (
        "22/11/2026 21:07 payment_intent.succeeded Appliqué 1 evt_intent",
        "23/11/2026 01:00 charge.updated Appliqué 1 evt_charge",
    )
    assert all(row in page for row in rows)
    assert page.index("evt_intent") < page.index("evt_charge")
    assert "refund.created Échoué 1 evt_refund" in page
    assert "charge.dispute.created Appliqué 1 evt_dispute" in page
    assert "radar.early_fraud_warning.created Appliqué 1 evt_warning" in page
    assert "evt_other" not in page


def test_events_are_for_those_who_may_see_events() -> None:
    payment = make_payment(intent_id="pi_1")
    make_event("evt_1", "pi_1")
    client = client_of_staff("payments.view_payment")

    page = markup(client, url_of(payment))

    assert "evt_1" not in page


def test_a_payment_without_ids_has_no_events_of_others(admin_client: Client) -> None:
    payment = make_payment(intent_id=None, charge_id="")
    make_event("evt_1", "")

    page = markup(admin_client, url_of(payment))

    assert "evt_1" not in page
