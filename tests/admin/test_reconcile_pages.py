"""Staff compare our books with Stripe's, and read what came of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from payments.models import Payment, ReconcileRun
from payments.reconcile.written_runs import LONGEST
from tests.admin.reading_pages import (
    client_of_staff,
    list_url,
    listed,
    markup,
    page_url,
    words,
)
from tests.factories.reconcile_runs import line, make_run
from tests.money.books import let_pass, pay, states
from tests.sandbox_process import SandboxProcess

RUNS = "payments_reconcilerun"
COMPARE, MEND = "payments_reconcilerun_compare", "payments_reconcilerun_mend"


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
