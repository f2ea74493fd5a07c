"""After an erasure nothing the shop holds tells whose it was; its books balance."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from lumira.audit.verification import verify_chain
from orders.models import Erasure, Order
from payments.models import Dispute, Invoice, Payment, Refund
from tests.admin.people import step_url
from tests.admin.role_table import VIEWERS
from tests.money.books import assert_no_drift
from tests.privacy.marked_person import (
    EMAIL,
    MarkedPerson,
    late_news,
    live_through_everything,
)
from tests.privacy.traces import stored_files, traces, words_held
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import sdk, taken_at_stripe

pytestmark = pytest.mark.django_db(transaction=True)

# By themselves and by the staff, in forms, files and notes.
WRITTEN = {
    *(
        "zqxjwkvmail",
        "zqxjwkvhome",
        "zqxjwkvprenom",
        "zqxjwkvnom",
        "zqxjwkvapi",
        "zqxjwkvville",
        "zqxjwkvvie",
    ),
    *(
        "zqxjwkvquestion",
        "zqxjwkvcontexte",
        "zqxjwkvphoto",
        "zqxjwkvcarte",
        "zqxjwkvciel",
        "zqxjwkvlecture",
    ),
    *("zqxjwkvnote", "zqxjwkvrefus", "zqxjwkvmotif"),
}


def sums() -> dict[str, Any]:
    """The ledger: every sum, number, state and date that the books are made of."""
    moved = ("status", "amount", "currency")
    return {
        "orders": list(
            Order.objects.order_by("pk").values_list(
                "pk", "number", "created_at", "paid_at", "completed_at", *moved
            )
        ),
        "payments": list(
            Payment.objects.order_by("pk").values_list(
                "pk", "intent_id", "charge_id", "amount_refunded", *moved
            )
        ),
        "refunds": list(Refund.objects.order_by("pk").values_list("stripe_id", *moved)),
        "disputes": list(Dispute.objects.order_by("pk").values_list(*moved)),
        "invoices": list(
            Invoice.objects.order_by("pk").values_list("number", "amount_paid")
        ),
        "taken": Payment.objects.filter(status="completed").aggregate(
            sum=Sum("amount") - Sum("amount_refunded")
        ),
    }


def erase_as_the_staff_does(person: MarkedPerson) -> None:
    page = step_url(person.delivered, "erase")
    shown = person.admin.get(page)
    assert shown.context["obstacles"] == []
    form = {
        **shown.context["form"].initial,
        "reason": "asked",
        "number": person.delivered.number,
    }
    assert person.admin.post(page, form).status_code == 302


def pages_that_do_not_open(admin: Client) -> list[str]:
    """Every list of the admin, and the page of every row in it."""
    failing = []
    for model in VIEWERS:
        rows = apps.get_model(*model.split("_"))._default_manager.all()
        urls = [reverse(f"admin:{model}_changelist")]
        urls += [reverse(f"admin:{model}_change", args=[row.pk]) for row in rows[:20]]
        failing += [url for url in urls if admin.get(url).status_code != 200]
    return failing


def test_a_person_is_forgotten_and_the_books_stay(
    sandbox: SandboxProcess, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    strangers = stored_files()
    person = live_through_everything(sandbox)
    # What has not paid is closed by the erasure itself, and is no part of the ledger.
    sandbox_before = taken_at_stripe(sandbox)
    assert words_held() >= WRITTEN
    assert stored_files() > strangers
    before = sums()

    erase_as_the_staff_does(person)

    assert traces(log=caplog.text) == []
    assert stored_files() == strangers
    after = sums()
    open_before = {row[0] for row in before["orders"] if row[5] == "pending"}
    assert len(open_before) == 1
    for kind in before:
        if kind not in ("orders", "payments"):
            assert after[kind] == before[kind]
    assert [row for row in after["orders"] if row[0] not in open_before] == [
        row for row in before["orders"] if row[0] not in open_before
    ]
    assert [row for row in after["payments"] if row[4] == "completed"] == [
        row for row in before["payments"] if row[4] == "completed"
    ]
    assert taken_at_stripe(sandbox) == sandbox_before
    assert Erasure.objects.get().finished_at is not None
    assert_no_drift()
    assert pages_that_do_not_open(person.admin) == []
    verify_chain()


def test_stripe_forgets_them_too_and_late_news_bring_nothing_back(
    sandbox: SandboxProcess, client: Client
) -> None:
    person = live_through_everything(sandbox)
    known = [one.id for one in sdk(sandbox).customers.list({"email": EMAIL}).data]
    assert known
    old_link = person.customer.cookies
    erase_as_the_staff_does(person)

    answers = late_news(client, person.delivered)

    assert set(answers) == {200}
    assert traces() == []
    for customer in known:
        assert sdk(sandbox).customers.retrieve(customer).to_dict()["deleted"]
    visitor = Client()
    visitor.cookies = old_link
    assert visitor.get("/commandes/").context["orders"] is None
    for order in person.orders:
        assert visitor.get(order.get_absolute_url()).status_code == 404
        assert visitor.get(f"/paiement/{order.pk}/").status_code == 404
        assert visitor.get(f"/api/payments/order/{order.pk}").status_code == 404
        assert visitor.get(f"/commandes/{order.pk}/lecture/").status_code == 403
