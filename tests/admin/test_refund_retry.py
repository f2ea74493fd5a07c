"""A refund that failed is begun again."""

import re

import pytest
from django.test import Client

from payments.models import Refund
from payments.status import PaymentStatus, RefundStatus
from tests.admin.reading_pages import markup, page_url, words
from tests.admin.refund_pages import address, retry_button, shown_form
from tests.factories.payments import make_payment, make_refund
from tests.money.books import paid
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


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
