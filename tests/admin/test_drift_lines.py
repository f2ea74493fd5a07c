"""Each disagreement with Stripe in words, with links to what it is about."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from payments.models import ReconcileRun
from payments.status import PaymentStatus
from tests.admin.reading_pages import client_of_staff, markup, page_url, words
from tests.factories.payments import (
    make_dispute,
    make_event,
    make_fraud_warning,
    make_payment,
    make_refund,
)
from tests.factories.reconcile_runs import line, make_run

RUNS = "payments_reconcilerun"


@pytest.mark.django_db
def test_each_line_is_french_and_leads_to_what_it_is_about(
    admin_client: Client, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = ""
    payment = make_payment(intent_id="pi_1", status=PaymentStatus.COMPLETED)
    refund = make_refund(payment, stripe_id="re_1")
    waiting = make_refund(payment)
    dispute = make_dispute(payment, stripe_id="dp_1")
    warning = make_fraud_warning(payment, stripe_id="issfr_1")
    event = make_event("evt_1", "pi_1", processed=False)
    number = payment.order_number
    run = make_run(
        mended=[
            line("refund", "re_1", order=number, stripes="succeeded 1000 eur"),
            line("refund", waiting.pk, stripes="not answered"),
            line("dispute", "dp_1", ours="needs_response", stripes="won"),
            line("fraud warning", "issfr_1", ours="nothing", stripes="actionable True"),
            line(
                "event",
                "evt_1",
                ours="failed 3 times: GatewayUnavailable",
                stripes="charge.dispute.created",
            ),
        ],
        left=[
            line(
                "sums",
                "pi_1",
                ours="(900, 0)",
                stripes="refunds add up to (1000, 0)",
                why="a person must decide",
            ),
            line("payment", "pi_2", stripes="nothing", why="a person must decide"),
            line("something new", "xx_1", why="KeyError"),
        ],
        problems=["APIConnectionError", "expiry of LU261122-7K3MWQ: InvalidRequest"],
    )

    text = words(admin_client, page_url(RUNS, run.pk))
    html = markup(admin_client, page_url(RUNS, run.pk))

    for said in (
        "Chez nous : En cours. Chez Stripe : Remboursé · 10,00 €.",
        "Chez Stripe : pas de réponse.",
        "Chez nous : À répondre. Chez Stripe : Gagné.",
        "Chez nous : inconnu ici. Chez Stripe : on peut encore agir.",
        "Chez nous : échoué 3 fois (GatewayUnavailable). Chez Stripe : Litige ouvert.",
        "Gardé avec le paiement : 900 remboursés, 0 en cours (en centimes). "
        "Ses remboursements font : 1000 remboursés, 0 en cours (en centimes).",
        "À faire : Ne remboursez plus rien sur ce paiement",
        "À faire : Stripe ne connaît pas ce paiement",
        "À faire : Transmettez cette ligne à la technique.",
        "Stripe n'a pas répondu à une question (APIConnectionError).",
        "Stripe n'a pas fermé le paiement expiré de LU261122-7K3MWQ (InvalidRequest).",
    ):
        assert said in text
    for model, row in {
        "payments_payment": payment,
        "payments_refund": refund,
        "payments_dispute": dispute,
        "payments_fraudwarning": warning,
        "orders_order": payment.order,
    }.items():
        assert f'href="{page_url(model, row.pk)}"' in html
    assert f'href="{page_url("payments_refund", waiting.pk)}"' in html
    assert reverse("admin:payments_processedevent_change", args=["evt_5F1"]) in html
    assert event.pk in html
    assert "https://dashboard.stripe.com/test/disputes/dp_1" in html


@pytest.mark.django_db
def test_links_lead_only_where_the_person_may_look() -> None:
    payment = make_payment(intent_id="pi_1")
    run = make_run(mended=[line("payment", "pi_1", order=payment.order_number)])
    client = client_of_staff("payments.view_reconcilerun")

    page = markup(client, page_url(RUNS, run.pk))

    assert payment.order_number in page
    assert page_url("payments_payment", payment.pk) not in page
    assert page_url("orders_order", payment.order_id) not in page


@pytest.mark.django_db
def test_a_thousand_lines_take_as_many_queries_as_one_and_are_cut(
    admin_client: Client,
) -> None:
    payment = make_payment(intent_id="pi_0")
    short = make_run(left=[line("payment", "pi_0", order=payment.order_number)])
    long = make_run(
        left=[line("payment", f"pi_{n}", order=f"LU-{n}") for n in range(1000)]
    )

    def queries(run: ReconcileRun) -> int:
        with CaptureQueriesContext(connection) as captured:
            markup(admin_client, page_url(RUNS, run.pk))
        return len(captured)

    queries(short)  # what is cached on the first page is not counted

    assert queries(long) == queries(short)
    assert "… et 800 de plus." in words(admin_client, page_url(RUNS, long.pk))
