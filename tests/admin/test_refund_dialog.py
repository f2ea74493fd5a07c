"""A clerk refunds from the payment's page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User
from payments.models import Payment, Refund
from tests.factories.payments import make_payment
from tests.money.books import paid
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def address(payment: Payment) -> str:
    return reverse("admin:payments_payment_refund", args=[payment.pk])


def shown_form(client: Client, payment: Payment) -> dict[str, str]:
    """The hidden fields of the form as it is shown now."""
    page = client.get(address(payment)).content.decode()
    names = ("refund_id", "expected_refundable", "amount")
    return {
        name: found[1]
        for name in names
        if (found := re.search(rf'name="{name}" value="([^"]*)"', page))
    }


def test_the_whole_amount_is_proposed_and_refunded(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    form = shown_form(admin_client, payment)

    admin_client.post(address(payment), form | {"reason": "geste"})

    payment.refresh_from_db()
    assert form["amount"] == "79,00"
    assert (payment.amount_refunded, payment.order.status) == (7900, "refunded")
    assert Refund.objects.get().requested_by == "admin"


def test_a_double_click_is_one_refund(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    sent = shown_form(admin_client, payment) | {"amount": "20,5", "reason": "geste"}

    for _click in range(2):
        admin_client.post(address(payment), sent)

    payment.refresh_from_db()
    assert payment.amount_refunded == 2050


def test_a_form_shown_before_a_colleagues_refund_is_not_carried_out(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    mine, theirs = (shown_form(admin_client, payment) for _ in range(2))
    amount = {"amount": "20", "reason": "geste"}
    admin_client.post(address(payment), theirs | amount)

    answer = admin_client.post(address(payment), mine | amount)

    assert answer.status_code == 409
    assert "entre-temps" in answer.content.decode()
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("amount", ["", "0", "-5", "79,01", "20,505", "vingt", "1e3"])
def test_an_amount_that_cannot_be_is_explained(
    admin_client: Client, sandbox: SandboxProcess, amount: str
) -> None:
    payment = paid(sandbox)
    sent = shown_form(admin_client, payment) | {"amount": amount, "reason": "geste"}

    answer = admin_client.post(address(payment), sent)

    assert answer.status_code == 422
    assert not Refund.objects.exists()


def test_looking_refunds_nothing(admin_client: Client, sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)

    admin_client.get(address(payment))

    assert not Refund.objects.exists()


def test_what_was_not_collected_is_not_refunded(admin_client: Client) -> None:
    page = admin_client.get(address(make_payment())).content.decode()

    assert "rien à rembourser" in page


def test_who_may_not_refund_is_refused(client: Client, sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)
    client.force_login(User.objects.create_user("claire", is_staff=True))

    answer = client.post(address(payment), {"amount": "79", "reason": "geste"})

    assert answer.status_code == 403
    assert not Refund.objects.exists()
