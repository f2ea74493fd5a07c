"""A shop is saved while it sells, lost, and restored; Stripe tells what it missed."""

import gzip
import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from lumira.accounts.roles import Role
from lumira.audit.recording import record
from orders.models import Order, OrderFile
from payments.actions.start_payment import start_payment
from tests.factories.orders import make_order
from tests.factories.staff import make_staff
from tests.money.books import GOOD_CARD, let_pass, paid, pay
from tests.operate.elsewhere import Elsewhere, elsewhere
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "Dois-je partir à Zanzibar ?"
PICTURE = b"a picture of Zanzibar"


@pytest.fixture
def other_shop(tmp_path: Path) -> Iterator[Elsewhere]:
    with elsewhere(tmp_path) as shop:
        yield shop


def make_shop(sandbox: SandboxProcess) -> Order:
    """People, the journal, and a paid order with answers and a picture."""
    clerk = make_staff(Role.SUPPORT, username="esther")
    order = make_order(intake={"specificQuestion": QUESTION}, user=clerk)
    picture = OrderFile(order=order, mimetype="image/jpeg", size=len(PICTURE))
    picture.original_name = "zanzibar.jpg"
    picture.file.save("", ContentFile(PICTURE))
    paid(sandbox, order)
    record("order.released", by="esther", about=order, after={"note": "é"})
    return order


def back_up(shelf: Path) -> Path:
    call_command("backup", str(shelf))
    [made] = (path for path in shelf.iterdir() if path.is_dir())
    return made


def orders(rows: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    return {row["number"]: row["status"] for row in rows["orders.order"]}


def test_a_restored_shop_learns_from_stripe_what_was_paid_since(
    sandbox: SandboxProcess, other_shop: Elsewhere, tmp_path: Path
) -> None:
    """In one test, because each step starts the shop."""
    done = make_shop(sandbox)
    page_open, placed = make_order(), make_order()
    _payment, intent = start_payment(page_open)
    let_pass(timedelta(hours=6))
    made = back_up(tmp_path / "shelf")
    # The rest of the day, which the backup does not know.
    sandbox.pay(intent.intent_id, card=GOOD_CARD)
    pay(sandbox, placed)
    too_late = pay(sandbox, make_order())

    restored = other_shop.manage("restore", str(made))
    rows = other_shop.rows()

    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "Every row, file and sum is as it was" in restored.stdout
    assert orders(rows) == {
        done.number: "paid",
        page_open.number: "pending",
        placed.number: "pending",
    }
    [picture] = rows["orders.orderfile"]
    assert (other_shop.files / picture["file"]).read_bytes() == PICTURE

    mended = other_shop.manage(
        "reconcile",
        "--after-restore",
        STRIPE_API_BASE=sandbox.url,
        EMAIL_URL="dummymail://",
    )
    rows = other_shop.rows()

    assert set(orders(rows).values()) == {"paid"}
    payments = [row["status"] for row in rows["payments.payment"]]
    assert payments == ["completed"] * 3
    # Its order went with the old database: a person must look.
    assert mended.returncode == 1
    assert f"payment {too_late.intent_id}" in mended.stdout
    mails = [row for row in rows["outbox.message"] if row["topic"] == "alert"]
    assert [mail["payload"]["about"] for mail in mails] == [too_late.intent_id]

    again = other_shop.manage("restore", str(made))

    assert again.returncode == 1
    assert "already has" in again.stderr


def test_what_is_encrypted_stays_so_in_the_backup(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    make_shop(sandbox)

    made = back_up(tmp_path / "shelf")

    rows = gzip.decompress((made / "rows.jsonl.gz").read_bytes()).decode()
    assert "alice@example.org" in rows
    assert "Zanzibar" not in rows
    assert "zanzibar" not in rows
    assert "Zanzibar" not in (made / "manifest.json").read_text()


def test_a_picture_that_went_meanwhile_is_named(
    sandbox: SandboxProcess, tmp_path: Path
) -> None:
    order = make_order()
    lost = OrderFile.objects.create(
        order=order, file=f"orders/{uuid.uuid4()}", mimetype="image/jpeg", size=1
    )

    made = back_up(tmp_path / "shelf")

    manifest = json.loads((made / "manifest.json").read_text())
    assert manifest["missing"] == [lost.file.name]
    assert manifest["files"] == 0
