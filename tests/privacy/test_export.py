"""What a customer gets when they ask for their data."""

import io
import json
import re
import stat
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from tests.admin.people import client_in, step_url
from tests.factories.orders import make_order
from tests.privacy.marked_person import EMAIL, SAID, live_through_everything
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
SECRETS = re.compile(r"_secret_|sk_test|whsec_|sha256|request_digest")


def archive(client: Client, order: Any) -> ZipFile:
    answer = client.post(step_url(order, "customer"))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert "no-store" in answer["Cache-Control"]
    return ZipFile(io.BytesIO(content))


def test_everything_about_them_is_in_it_and_no_secret(sandbox: SandboxProcess) -> None:
    person = live_through_everything(sandbox)
    number = person.delivered.number

    whole = archive(person.admin, person.delivered)

    names = set(whole.namelist())
    assert {
        "LISEZ-MOI.txt",
        "commandes.json",
        "e-mails.json",
        "paiements.json",
        "remboursements.json",
        "abonnements.json",
        "factures.json",
        f"images/{number}-1.jpg",
        f"lectures/{number}/1-1-zqxjwkvcarte.pdf",
    } <= names
    text = "".join(whole.read(name).decode() for name in names if ".json" in name)
    # JSON as people read it, not as \\u escapes.
    assert all(str(word) in text for word in SAID.values())
    assert "Zqxjwkvlecture 1" in text
    assert SECRETS.search(text) is None
    assert "administrateur" not in text, "who of the staff it was"
    assert whole.read(f"images/{number}-1.jpg").startswith(b"\xff\xd8")
    orders = json.loads(whole.read("commandes.json"))
    assert len(orders) == 3
    assert {row["email"] for row in orders} == {EMAIL}


def test_nobody_elses_orders_are_in_it() -> None:
    order, other = make_order(), make_order(email="bob@example.org")

    whole = archive(client_in(Role.ADMINISTRATOR), order)

    assert other.number not in whole.read("commandes.json").decode()


def test_the_journal_says_who_exported_and_not_whose() -> None:
    order = make_order()

    archive(client_in(Role.ADMINISTRATOR), order)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == ("customer.exported", "administrateur")
    assert (entry.about_id, entry.after) == (str(order.pk), {"orders": 1})


def test_looking_exports_nothing() -> None:
    client_in(Role.ADMINISTRATOR).get(step_url(make_order(), "customer"))

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("typed", [" Alice@Example.org", "number"])
def test_a_customer_is_found_by_address_and_by_number(typed: str) -> None:
    order = make_order()
    typed = order.number.lower() if typed == "number" else typed

    answer = client_in(Role.ADMINISTRATOR).post(
        "/admin/orders/order/client/", {"customer": typed}
    )

    assert answer["Location"] == step_url(order, "customer")


def test_nobody_is_found_by_another_address() -> None:
    answer = client_in(Role.ADMINISTRATOR).post(
        "/admin/orders/order/client/", {"customer": "eve@example.org"}
    )

    assert answer.status_code == 422


def test_the_command_writes_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    order = make_order()
    path = tmp_path / "data.zip"

    call_command("export_customer", order.number, to=str(path))

    assert "commandes.json" in ZipFile(path).namelist()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(CommandError):
        call_command("export_customer", order.number, to=str(path))
