"""What is looked at in the admin and changed only by actions; and by whom."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from lumira.outbox.models import Message
from payments.models import Alarm, ProcessedEvent, ReconcileRun, Refund
from tests.admin.reading_pages import client_of_staff, list_url, page_url
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.factories.subscriptions import make_invoice, make_subscription
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db


def make_refund() -> Refund:
    return Refund.objects.create(
        payment=make_payment(),
        order_number="LU261122-7K3MWQ",
        amount=500,
        currency="eur",
        requested_by="claire",
    )


def make_event() -> ProcessedEvent:
    return ProcessedEvent.objects.create(
        event_id="evt_1", type="payment_intent.succeeded", livemode=False
    )


def make_run() -> ReconcileRun:
    return ReconcileRun.objects.create(by="worker", finished_at=now())


def make_message() -> Message:
    return Message.objects.create(topic="order_paid", key="order_paid:1")


MAKERS: dict[str, Callable[[], Model]] = {
    "orders_order": make_order,
    "payments_payment": make_payment,
    "payments_refund": make_refund,
    "payments_processedevent": make_event,
    "payments_reconcilerun": make_run,
    "payments_alarm": lambda: Alarm.objects.create(name="stripe_error:APIError"),
    "payments_subscription": make_subscription,
    "payments_invoice": lambda: make_invoice(make_subscription()),
    "outbox_message": make_message,
}
EDITED: dict[str, Callable[[], Model]] = {
    "orders_service": make_service,
    "orders_expert": make_expert,
}
read_only = pytest.mark.parametrize("model", MAKERS)
every_page = pytest.mark.parametrize("model", [*MAKERS, *EDITED])


def fields_of(row: Model) -> dict[str, Any]:
    return {field.name: "changed" for field in row._meta.concrete_fields}


def shop_contents() -> dict[str, Any]:
    # A session may be renewed and a login is dated: not the shop's business.
    rows = table_contents()
    return {name: rows[name] for name in rows if name.startswith(("orders", "pay"))}


@read_only
def test_a_page_that_is_only_looked_at_offers_nothing_to_change(
    admin_client: Client, model: str
) -> None:
    row = MAKERS[model]()

    page = admin_client.get(page_url(model, quote(row.pk))).content.decode()

    form = page.partition('id="content-main"')[2]
    for control in ('name="_save"', "<textarea", "<select", 'type="text"', "Supprimer"):
        assert control not in form


@read_only
def test_a_change_that_is_posted_all_the_same_is_refused(
    admin_client: Client, model: str
) -> None:
    row = MAKERS[model]()
    before = shop_contents()

    answer = admin_client.post(page_url(model, quote(row.pk)), fields_of(row))

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert shop_contents() == before


@read_only
def test_nothing_is_added_or_deleted(admin_client: Client, model: str) -> None:
    row = MAKERS[model]()
    before = shop_contents()
    add = reverse(f"admin:{model}_add")
    delete = reverse(f"admin:{model}_delete", args=[quote(row.pk)])

    answers = [
        admin_client.get(add),
        admin_client.post(add, fields_of(row)),
        admin_client.get(delete),
        admin_client.post(delete, {"post": "yes"}),
    ]

    assert {answer.status_code for answer in answers} == {HTTPStatus.FORBIDDEN}
    assert shop_contents() == before


@every_page
def test_a_person_of_the_staff_without_permission_is_refused(model: str) -> None:
    row = (MAKERS | EDITED)[model]()
    client = client_of_staff()

    pages = [client.get(list_url(model)), client.get(page_url(model, quote(row.pk)))]

    assert {page.status_code for page in pages} == {HTTPStatus.FORBIDDEN}


@every_page
def test_a_stranger_is_sent_to_the_login(client: Client, model: str) -> None:
    row = (MAKERS | EDITED)[model]()

    pages = [client.get(list_url(model)), client.get(page_url(model, quote(row.pk)))]

    for page in pages:
        assert page.status_code == HTTPStatus.FOUND
        assert page["Location"].startswith("/admin/login/")


@every_page
def test_the_permission_to_view_opens_the_list_and_the_page(model: str) -> None:
    row = (MAKERS | EDITED)[model]()
    # Without it, an order is seen by its expert only.
    client = client_of_staff(model.replace("_", ".view_"), "orders.view_every_order")

    pages = [client.get(list_url(model)), client.get(page_url(model, quote(row.pk)))]

    assert {page.status_code for page in pages} == {HTTPStatus.OK}


@pytest.mark.parametrize("model", EDITED)
def test_the_permission_to_view_changes_nothing(model: str) -> None:
    row = EDITED[model]()
    client = client_of_staff(model.replace("_", ".view_"))
    before = shop_contents()

    answer = client.post(page_url(model, row.pk), fields_of(row))

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert shop_contents() == before


def test_an_order_that_does_not_exist_is_not_found(admin_client: Client) -> None:
    answer = admin_client.get(page_url("orders_order", "nothing"))

    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("model", sorted({*MAKERS, *EDITED} - {"orders_order"}))
def test_a_page_of_what_does_not_exist_leads_back_to_the_admin(
    admin_client: Client, model: str
) -> None:
    answer = admin_client.get(page_url(model, "nothing"))

    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"] == reverse("admin:index")
