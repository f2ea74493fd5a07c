"""Staff compare our books with Stripe's, and read what came of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings

from payments.models import Payment, ReconcileRun
from payments.reconcile.written_runs import LONGEST, WORKER
from payments.status import PaymentStatus
from tests.admin.reading_pages import (
    client_of_staff,
    list_url,
    listed,
    markup,
    page_url,
    words,
)
from tests.factories.payments import (
    make_dispute,
    make_event,
    make_fraud_warning,
    make_payment,
    make_refund,
)
from tests.money.books import let_pass, pay, states
from tests.sandbox_process import SandboxProcess

RUNS = "payments_reconcilerun"
COMPARE, MEND = "payments_reconcilerun_compare", "payments_reconcilerun_mend"


def make_run(**fields: object) -> ReconcileRun:
    row = {"by": WORKER, "finished_at": now()}
    return ReconcileRun.objects.create(**row | fields)


def line(kind: str, about: object, **fields: str) -> dict[str, str]:
    row = {"order": "", "ours": "pending", "stripes": "succeeded", "why": ""}
    return {"kind": kind, "about": str(about), **row, **fields}


def dialog(name: str) -> str:
    return reverse(f"admin:{name}")


@pytest.mark.django_db(transaction=True)
def test_a_comparison_finds_and_changes_nothing(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = pay(sandbox)
    let_pass(timedelta(minutes=2))

    answer = admin_client.post(dialog(COMPARE))

    run = ReconcileRun.objects.get()
    page = words(admin_client, answer["Location"])
    assert answer["Location"] == page_url(RUNS, run.pk)
    assert (run.by, run.is_dry) == ("admin", True)
    assert "1 écart à voir" in page
    assert (
        f"Paiement {payment.intent_id} · chez Stripe · commande {payment.order_number} "
        "Chez nous : En attente (attend une carte). Chez Stripe : encaissé. "
        "Rien n'a été changé."
    ) in page
    assert states(payment) == ("pending", "pending")


@pytest.mark.django_db(transaction=True)
def test_a_comparison_that_mends_says_what_it_mended(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = pay(sandbox)
    let_pass(timedelta(minutes=2))

    answer = admin_client.post(dialog(MEND))

    page = words(admin_client, answer["Location"])
    assert "1 réparé" in page
    assert "nos comptes disent maintenant comme Stripe" in page
    assert states(payment) == ("completed", "paid")


@pytest.mark.django_db(transaction=True)
def test_what_is_left_for_a_person_says_what_to_do(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = pay(sandbox)
    Payment.objects.filter(pk=payment.pk).update(amount=100)
    let_pass(timedelta(minutes=2))

    answer = admin_client.post(dialog(MEND))

    page = words(admin_client, answer["Location"])
    assert "La réparation n'a pas marché (RuntimeError)." in page
    assert "À faire : Comparez le montant, la devise et le mode avec Stripe." in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", [COMPARE, MEND])
def test_looking_at_the_dialog_starts_nothing(admin_client: Client, name: str) -> None:
    page = words(admin_client, dialog(name))

    assert "Nos comptes sont comparés avec ceux de Stripe" in page
    assert not ReconcileRun.objects.exists()


@pytest.mark.django_db
def test_while_one_goes_on_another_is_refused_and_leads_to_it(
    admin_client: Client,
) -> None:
    run = make_run(finished_at=None)

    answer = admin_client.post(dialog(MEND))

    assert answer.status_code == 409
    assert page_url(RUNS, run.pk) in answer.content.decode()
    assert ReconcileRun.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "permissions",
    [[], ["payments.view_reconcilerun"], ["payments.run_reconcile"]],
)
@pytest.mark.parametrize("name", [COMPARE, MEND])
def test_who_may_not_run_it_is_refused(permissions: list[str], name: str) -> None:
    client = client_of_staff(*permissions)

    answers = [client.get(dialog(name)), client.post(dialog(name))]

    assert {answer.status_code for answer in answers} == {403}
    assert not ReconcileRun.objects.exists()


@pytest.mark.django_db
def test_who_may_only_look_has_no_buttons() -> None:
    client = client_of_staff("payments.view_reconcilerun")
    run = make_run()

    pages = markup(client, list_url(RUNS)) + markup(client, page_url(RUNS, run.pk))

    assert dialog(MEND) not in pages


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Tout concorde"),
        ({"expired": 3}, "Tout concorde"),
        ({"left": [line("payment", "pi_1")] * 2}, "2 écarts à voir"),
        ({"problems": ["APIConnectionError"]}, "Stripe n'a pas tout dit"),
        ({"mended": [line("payment", "pi_1")]}, "1 réparé"),
        ({"finished_at": None}, "En cours"),
        ({"finished_at": None, "started_at": now() - LONGEST}, "Interrompu"),
    ],
)
def test_a_row_says_how_it_went(
    admin_client: Client, fields: dict[str, object], said: str
) -> None:
    make_run(**fields)

    (row,) = listed(admin_client, RUNS)

    assert "Toutes les 5 minutes Comparer et réparer" in row
    assert said in row


@pytest.mark.django_db
def test_a_run_that_goes_on_looks_again_by_itself_and_an_ended_one_does_not(
    admin_client: Client,
) -> None:
    going, ended = make_run(finished_at=None), make_run()

    assert 'http-equiv="refresh"' in markup(admin_client, page_url(RUNS, going.pk))
    assert 'http-equiv="refresh"' not in markup(admin_client, page_url(RUNS, ended.pk))


@pytest.mark.django_db
def test_an_interrupted_run_is_explained(admin_client: Client) -> None:
    run = make_run(finished_at=None, started_at=now() - LONGEST)

    page = words(admin_client, page_url(RUNS, run.pk))

    assert "Cette comparaison a été interrompue" in page


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


@pytest.mark.django_db
def test_fifty_runs_take_as_many_queries_as_five(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(admin_client, RUNS)
        return len(captured)

    for _ in range(5):
        make_run(left=[line("payment", "pi_1")])
    queries()
    five = queries()
    for _ in range(45):
        make_run(left=[line("payment", "pi_1")])

    assert queries() == five
