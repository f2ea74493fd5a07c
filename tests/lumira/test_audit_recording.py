"""The journal: one entry after the other, saved with the change, never changed."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError

from lumira.accounts.models import User
from lumira.audit.models import AppendOnly, AuditEntry, AuditHead
from lumira.audit.recording import record
from lumira.audit.verification import verify_chain
from lumira.kit.db import transactional
from tests.lumira.at_once import at_once

THING = UUID("11111111-2222-3333-4444-555555555555")


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_which_row() -> None:
    record(
        "user.changed",
        by="claire",
        about=User(pk=THING),
        before={"is_active": True},
        after={"is_active": False},
    )

    entry = AuditEntry.objects.get()
    assert (entry.sequence, entry.by, entry.action) == (1, "claire", "user.changed")
    assert (entry.about_type, entry.about_id) == ("accounts.user", str(THING))
    assert (entry.before, entry.after) == ({"is_active": True}, {"is_active": False})


@pytest.mark.django_db
def test_each_entry_follows_the_one_before() -> None:
    for number in range(3):
        record("order.assigned", by="claire", after={"number": number})

    first, second, third = AuditEntry.objects.order_by("sequence")
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert [first.previous, second.previous] == ["", first.hash]
    assert third.previous == second.hash
    assert str(AuditHead.objects.get()) == f"3:{third.hash}"


@pytest.mark.django_db
def test_whatever_is_recorded_comes_back_as_it_was_signed() -> None:
    odd = {
        "id": THING,
        "at": datetime(2026, 11, 22, 21, 7, 3, 123456, UTC),
        "sum": Decimal("79.00"),
        "ratio": 0.1 + 0.2,
        "huge": 2**70,
        "list": [1, None, True, ("a", {"b": 2})],
        "set": {"z", "a"},
        "text": "é « ’ » \0 \ud800 😀",
        "empty": {},
    }

    record("thing.tried", by="claire", before=odd, after=None)

    assert verify_chain().sequence == 1
    assert AuditEntry.objects.get().before["set"] == ["a", "z"]


@pytest.mark.django_db
def test_an_entry_is_neither_changed_nor_deleted() -> None:
    record("order.assigned", by="claire")
    entry = AuditEntry.objects.get()
    entry.by = "somebody else"

    for forbidden in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        AuditEntry.objects.filter(by="claire").delete,
        lambda: AuditEntry.objects.update(by="somebody else"),
        lambda: AuditEntry.objects.bulk_update([entry], ["by"]),
        lambda: AuditEntry.objects.bulk_create([entry]),
    ):
        with pytest.raises(AppendOnly):
            forbidden()

    assert AuditEntry.objects.get().by == "claire"


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_made_by_hand_does_not_replace_another() -> None:
    record("order.assigned", by="claire")
    copy = AuditEntry(**AuditEntry.objects.values().get() | {"by": "somebody else"})

    with pytest.raises(IntegrityError):
        transactional(copy.save)()

    assert AuditEntry.objects.get().by == "claire"


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_entry_and_no_hole() -> None:
    @transactional
    def fail() -> None:
        record("order.assigned", by="claire")
        raise ArithmeticError

    record("order.assigned", by="before")
    with pytest.raises(ArithmeticError):
        fail()
    record("order.assigned", by="after")

    assert list(AuditEntry.objects.values_list("sequence", "by")) == [
        (2, "after"),
        (1, "before"),
    ]
    assert verify_chain().sequence == 2


@pytest.mark.django_db(transaction=True)
def test_two_entries_of_one_transaction_follow_each_other() -> None:
    @transactional
    def twice() -> None:
        record("order.assigned", by="claire")
        record("order.released", by="claire")

    twice()

    assert verify_chain().sequence == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_begun", [True, False])
def test_many_at_once_make_one_chain(is_begun: bool) -> None:
    """Also when each of them finds that the chain must first be begun."""
    AuditHead.objects.all().delete()
    if is_begun:
        record("order.assigned", by="first")

    answers = at_once(8, lambda n: record("order.assigned", by=f"clerk {n}"))

    assert answers == [None] * 8
    assert verify_chain().sequence == 8 + is_begun
