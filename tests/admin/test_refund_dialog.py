"""A clerk refunds from the payment's page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from lumira.audit.models import AuditEntry
from payments.models import Payment, Refund
from payments.status import DisputeStatus, PaymentStatus, RefundStatus
from tests.admin.reading_pages import client_of_staff, markup, page_url, plain, words
from tests.factories.payments import make_dispute, make_payment, make_refund
from tests.money.books import paid
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def address(payment: Payment) -> str:
    return reverse("admin:payments_payment_refund", args=[payment.pk])


def shown_form(
    client: Client, payment: Payment, url: str | None = None
) -> dict[str, str]:
    """The fields of the form as it is shown now, but for the reason."""
    page = markup(client, url or address(payment))
    names = ("refund_id", "expected_refundable", "amount")
    form = {
        name: found[1]
        for name in names
        if (found := re.search(rf'name="{name}" value="([^"]*)"', page))
    }
    chosen = re.search(r'name="how" value="(\w+)"[^>]*\schecked[\s>]', page)
    return form | ({"how": chosen[1]} if chosen else {})


def part(amount: str) -> dict[str, str]:
    return {"how": "part", "amount": amount, "reason": "geste"}


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


def retry_button(refund: Refund) -> str:
    return reverse("admin:payments_refund_retry", args=[refund.pk])


def test_a_refund_that_failed_is_begun_again_with_its_amount_and_reason(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    failed = make_refund(
        payment,
        amount=2050,
        stripe_id="re_1",
        status=RefundStatus.FAILED,
        reason="geste",
    )

    dialog = admin_client.get(retry_button(failed))["Location"]
    form = shown_form(admin_client, payment, dialog)
    reason = re.search(
        r"<textarea[^>]*>\s*([^<]*)</textarea>",
        admin_client.get(dialog).content.decode(),
    )
    assert reason
    admin_client.post(address(payment), form | {"reason": reason[1]})

    again = Refund.objects.exclude(pk=failed.pk).get()
    failed.refresh_from_db()
    assert (form["how"], form["amount"]) == ("part", "20,50")
    assert (again.status, again.amount) == ("succeeded", 2050)
    assert again.reason == "geste (nouvel essai de re_1)"
    assert failed.status == RefundStatus.FAILED
    assert page_url("payments_refund", failed.pk) in markup(
        admin_client, page_url("payments_payment", payment.pk)
    )


def test_a_second_retry_names_the_last_one_only(admin_client: Client) -> None:
    payment = make_payment(status=PaymentStatus.COMPLETED)
    failed = make_refund(
        payment,
        stripe_id="re_2",
        status=RefundStatus.CANCELED,
        reason="geste (nouvel essai de re_1)",
    )

    page = words(admin_client, admin_client.get(retry_button(failed))["Location"])

    assert "geste (nouvel essai de re_2)" in page
    assert "re_1" not in page


def test_a_retry_proposes_no_more_than_what_is_left(admin_client: Client) -> None:
    payment = make_payment(status=PaymentStatus.COMPLETED, amount_refunded=7000)
    failed = make_refund(payment, amount=1000, status=RefundStatus.FAILED)

    dialog = admin_client.get(retry_button(failed))["Location"]

    form = shown_form(admin_client, payment, dialog)
    assert (form["how"], form["amount"]) == ("all", "9,00")


@pytest.mark.parametrize("status", RefundStatus)
def test_only_what_did_not_work_has_a_retry_button(
    admin_client: Client, status: RefundStatus
) -> None:
    refund = make_refund(make_payment(status=PaymentStatus.COMPLETED), status=status)

    page = markup(admin_client, page_url("payments_refund", refund.pk))

    did_not_work = {RefundStatus.FAILED, RefundStatus.CANCELED}
    assert ("Recommencer" in page) == (status in did_not_work)


@pytest.mark.parametrize("named", ["nothing", "00000000-0000-4000-8000-000000000000"])
def test_a_retry_of_nothing_is_an_ordinary_refund(
    admin_client: Client, named: str
) -> None:
    payment = make_payment(status=PaymentStatus.COMPLETED)

    form = shown_form(admin_client, payment, f"{address(payment)}?echoue={named}")

    assert (form["how"], form["amount"]) == ("all", "79,00")
