"""A clerk refunds from the payment's page."""

import pytest
from django.test import Client

from lumira.audit.models import AuditEntry
from payments.models import Refund
from payments.status import DisputeStatus, PaymentStatus, RefundStatus
from tests.admin.reading_pages import client_of_staff, markup, page_url, plain, words
from tests.admin.refund_pages import address, part, retry_button, shown_form
from tests.factories.payments import make_dispute, make_payment, make_refund
from tests.money.books import paid
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_whole_amount_is_proposed_and_refunded(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    form = shown_form(admin_client, payment)

    admin_client.post(address(payment), form | {"reason": "geste"})

    payment.refresh_from_db()
    assert (form["how"], form["amount"]) == ("all", "79,00")
    assert (payment.amount_refunded, payment.order.status) == (7900, "refunded")
    assert Refund.objects.get().requested_by == "admin"


def test_everything_is_everything_whether_the_amount_is_written_or_not(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    form = shown_form(admin_client, payment)

    admin_client.post(address(payment), form | {"amount": "", "reason": "geste"})

    assert Refund.objects.get().amount == 7900


def test_everything_and_another_amount_is_a_slip_and_refunds_nothing(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    sent = shown_form(admin_client, payment) | {"amount": "20", "reason": "geste"}

    answer = admin_client.post(address(payment), sent)

    assert answer.status_code == 422
    assert "et écrit 20,00 €" in plain(answer.content.decode())
    assert not Refund.objects.exists()


def test_a_double_click_is_one_refund(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    sent = shown_form(admin_client, payment) | part("20,5")

    for _click in range(2):
        admin_client.post(address(payment), sent)

    payment.refresh_from_db()
    assert payment.amount_refunded == 2050


def test_who_refunded_is_in_the_journal_once(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    sent = shown_form(admin_client, payment) | part("20,5")

    for _click in range(2):
        admin_client.post(address(payment), sent)

    entry = AuditEntry.objects.get()
    assert (entry.by, entry.action) == ("admin", "refund.requested")
    assert entry.after["amount"] == 2050
    assert "geste" not in str(entry.after)


def test_a_form_shown_before_a_colleagues_refund_is_not_carried_out(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    mine, theirs = (shown_form(admin_client, payment) for _ in range(2))
    admin_client.post(address(payment), theirs | part("20"))

    answer = admin_client.post(address(payment), mine | part("20"))

    assert answer.status_code == 409
    assert "entre-temps" in answer.content.decode()
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("amount", ["", "0", "-5", "79,01", "20,505", "vingt", "1e3"])
def test_an_amount_that_cannot_be_is_explained(
    admin_client: Client, sandbox: SandboxProcess, amount: str
) -> None:
    payment = paid(sandbox)
    sent = shown_form(admin_client, payment) | part(amount)

    answer = admin_client.post(address(payment), sent)

    assert answer.status_code == 422
    assert not Refund.objects.exists()


def test_whoever_does_not_say_how_much_refunds_nothing(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    sent = shown_form(admin_client, payment) | part("20")
    del sent["how"]

    answer = admin_client.post(address(payment), sent)

    assert answer.status_code == 422
    assert not Refund.objects.exists()


def test_looking_refunds_nothing(admin_client: Client, sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)

    admin_client.get(address(payment))

    assert not Refund.objects.exists()


def test_the_dialog_says_where_the_money_is(admin_client: Client) -> None:
    payment = make_payment(
        status=PaymentStatus.COMPLETED, amount_refunded=1000, amount_refunding=500
    )
    make_dispute(payment, status=DisputeStatus.WARNING_NEEDS_RESPONSE)

    page = words(admin_client, address(payment))

    assert "Déjà remboursé 10,00 € En cours de remboursement 5,00 €" in page
    assert "Reste remboursable 64,00 €" in page
    assert "Tout ce qui reste : 64,00 €" in page
    assert "La banque du client a posé une question" in page


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Ce paiement n'a pas été encaissé."),
        (
            {"status": PaymentStatus.COMPLETED, "amount_refunded": 7900},
            "Tout est déjà remboursé, ou en cours de remboursement.",
        ),
        (
            {"status": PaymentStatus.COMPLETED, "amount_refunding": 7900},
            "Tout est déjà remboursé, ou en cours de remboursement.",
        ),
    ],
)
def test_where_nothing_can_go_back_the_dialog_says_why(
    admin_client: Client, fields: dict[str, object], why: str
) -> None:
    payment = make_payment(**fields)

    page = words(admin_client, address(payment))

    assert why in page
    assert "Montant à rembourser" not in page


def test_a_contested_payment_is_not_refunded_and_leads_to_the_dispute(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    form = shown_form(admin_client, payment)
    dispute = make_dispute(payment)

    page = markup(admin_client, address(payment))
    answer = admin_client.post(address(payment), form | {"reason": "geste"})

    assert page_url("payments_dispute", dispute.pk) in page
    assert "conteste déjà ce paiement" in page
    assert answer.status_code == 409
    assert not Refund.objects.exists()


def test_who_may_not_refund_is_refused(sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)
    client = client_of_staff("payments.view_payment", "payments.view_refund")
    failed = make_refund(payment, status=RefundStatus.FAILED)

    answers = [
        client.get(address(payment)),
        client.post(address(payment), part("79")),
        client.get(retry_button(failed)),
        client.post(retry_button(failed)),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert Refund.objects.get() == failed
    assert "Recommencer" not in markup(client, page_url("payments_refund", failed.pk))
