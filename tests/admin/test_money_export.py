import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from lumira.audit.models import AuditEntry
from payments.admin.exported_money import PAYMENT_TITLES, REFUND_TITLES
from payments.models import Refund
from payments.status import PaymentStatus, RefundStatus
from tests.admin.reading_pages import client_of_staff, list_url, markup
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
CLERK = ("orders.export_order", "payments.view_payment", "payments.view_refund")


def exported(client: Client, model: str, query: str = "") -> list[list[str]]:
    address = reverse(f"admin:payments_{model}_export", args=["csv"])
    answer = client.post(address + query)
    assert answer.status_code == 200, answer.status_code
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type, type-var]
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def make_paid() -> Refund:
    payment = make_payment(
        order=make_order(number="LU261122-7K3MWQ"),
        intent_id="pi_1",
        charge_id="ch_1",
        status=PaymentStatus.COMPLETED,
        amount_refunding=1000,
        created_at=datetime(2026, 11, 22, 20, 7, tzinfo=UTC),
        completed_at=datetime(2026, 11, 22, 20, 9, tzinfo=UTC),
    )
    return Refund.objects.create(
        payment=payment,
        order_number=payment.order_number,
        amount=1000,
        currency="eur",
        reason="=demande du client",
        requested_by="claire",
        status=RefundStatus.PENDING,
        created_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    )


def test_payments_are_exported_with_what_went_back() -> None:
    make_paid()
    client = client_of_staff(*CLERK)

    titles, row = exported(client, "payment")

    assert titles == list(PAYMENT_TITLES)
    assert row == [
        "LU261122-7K3MWQ",
        "2026-11-22 21:07",
        "2026-11-22 21:09",
        str(PaymentStatus.COMPLETED.label),
        "79,00",
        "0,00",
        "10,00",
        "EUR",
        "test",
        "pi_1",
        "ch_1",
    ]
    assert AuditEntry.objects.get().action == "payments.exported"


def test_refunds_are_exported_with_who_wanted_them_and_why() -> None:
    make_paid()
    client = client_of_staff(*CLERK)

    titles, row = exported(client, "refund")

    assert titles == list(REFUND_TITLES)
    assert row == [
        "LU261122-7K3MWQ",
        "2026-11-23 09:00",
        str(RefundStatus.PENDING.label),
        "10,00",
        "EUR",
        "Lumira",
        "claire",
        "'=demande du client",
        "",
    ]
    assert AuditEntry.objects.get().action == "refunds.exported"


def test_only_what_is_filtered_is_exported() -> None:
    make_paid()
    client = client_of_staff(*CLERK)

    rows = exported(client, "payment", "?status__exact=failed")

    assert len(rows) == 1  # the titles


@pytest.mark.parametrize("model", ["payment", "refund"])
@pytest.mark.parametrize("permission", CLERK)
def test_one_permission_is_not_enough(model: str, permission: str) -> None:
    client = client_of_staff(permission)

    answer = client.post(reverse(f"admin:payments_{model}_export", args=["csv"]))

    assert answer.status_code == 403


def test_the_buttons_are_there_for_who_may(admin_client: Client) -> None:
    page = markup(admin_client, list_url("payments_payment"))

    assert reverse("admin:payments_payment_export", args=["xlsx"]) in page
