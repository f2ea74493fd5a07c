"""`manage.py audit_verify`: finds whatever somebody did to the journal's table."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from pytest_django import Settings

from lumira.audit.chain import seal_head, sign_entry
from lumira.audit.models import AuditEntry, AuditHead
from lumira.audit.recording import record

pytestmark = pytest.mark.django_db


def row(sequence: int) -> "QuerySet[AuditEntry]":
    """One row as somebody with access to the database has it: open to anything."""
    return QuerySet(AuditEntry).filter(sequence=sequence)


def change(number: int, /, **values: Any) -> None:
    assert row(number).update(**values) == 1


def remove(*sequences: int) -> None:
    for sequence in sequences:
        row(sequence).delete()


def move(number: int, *, to: int) -> None:
    """Under another number, with everything else as it was signed."""
    fields = AuditEntry.objects.values().get(sequence=number)
    remove(number)
    AuditEntry(**fields | {"sequence": to}).save()


def swap(one: int, other: int) -> None:
    move(one, to=99)
    move(other, to=one)
    move(99, to=other)


def forge(sequence: int) -> None:
    """An entry that looks right, by somebody who does not know the key."""
    before = AuditEntry.objects.get(sequence=sequence - 1)
    fields = AuditEntry.objects.values().get(sequence=sequence - 1)
    forged = {"sequence": sequence, "by": "forger", "previous": before.hash}
    AuditEntry(**fields | forged).save()


def verify(*options: str) -> str:
    told = StringIO()
    call_command("audit_verify", *options, stdout=told)
    return told.getvalue()


@pytest.fixture
def journal() -> list[AuditEntry]:
    """Five entries."""
    for number in range(1, 6):
        record("order.assigned", by="claire", after={"number": number})
    return list(AuditEntry.objects.order_by("sequence"))


def test_a_journal_that_nobody_touched_is_right(journal: list[AuditEntry]) -> None:
    said = verify()

    assert said == f"5 entries, all as written. Last: 5:{journal[-1].hash}\n"


def test_a_journal_that_was_never_written_is_empty() -> None:
    assert verify() == "The journal is empty.\n"


@pytest.mark.parametrize(
    "change_made",
    [
        {"by": "alice"},
        {"action": "order.released"},
        {"about_type": "orders.order"},
        {"about_id": "1"},
        {"before": {"number": 2}},
        {"after": {"number": 7}},
        {"at": "2026-01-01T00:00:00Z"},
        {"hash": "0" * 64},
        {"previous": "0" * 64},
    ],
    ids=lambda change_made: next(iter(change_made)),
)
def test_an_edited_entry_is_found(
    journal: list[AuditEntry], change_made: dict[str, Any]
) -> None:
    change(3, **change_made)

    with pytest.raises(CommandError, match=r"^Entry 3 is not as it was written\.$"):
        verify()


Tampering = Callable[[], object]


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda: remove(3), "Entry 3 is missing."),
        (lambda: remove(2, 3, 4), "Entries 2 to 4 are missing."),
        (lambda: remove(1), "Entry 1 is missing."),
        (lambda: remove(5), "Entry 5 is missing."),
        (lambda: remove(4, 5), "Entries 4 to 5 are missing."),
        (lambda: remove(1, 2, 3, 4, 5), "Entries 1 to 5 are missing."),
        (lambda: swap(2, 4), "Entry 2 is not as it was written."),
        (lambda: move(5, to=6), "Entry 6 is not as it was written."),
        (lambda: forge(6), "Entry 6 is not as it was written."),
        (
            lambda: AuditHead.objects.all().delete(),
            "The head of the journal is missing.",
        ),
        (
            lambda: AuditHead.objects.update(sequence=4),
            "The head of the journal is not as it was written.",
        ),
    ],
)
def test_what_was_removed_moved_or_forged_is_found(
    journal: list[AuditEntry], tamper: Tampering, found: str
) -> None:
    tamper()

    with pytest.raises(CommandError) as problem:
        verify()
    assert str(problem.value) == found


def test_cutting_the_end_and_its_head_needs_the_key(journal: list[AuditEntry]) -> None:
    remove(4, 5)
    AuditHead.objects.update(sequence=3, hash=journal[2].hash)

    with pytest.raises(CommandError, match="head of the journal is not as"):
        verify()


def test_a_head_set_back_to_what_it_once_was_is_found() -> None:
    record("order.assigned", by="claire")
    then = AuditHead.objects.values().get()
    record("order.assigned", by="claire")
    AuditHead.objects.update(**then)

    with pytest.raises(CommandError, match="set back"):
        verify()


def test_a_lost_head_is_gone_on_from_and_told_of(journal: list[AuditEntry]) -> None:
    AuditHead.objects.all().delete()

    record("order.assigned", by="claire")

    with pytest.raises(CommandError, match=r"^Entry 6 is missing\.$"):
        verify()


def test_an_entry_written_by_the_key_but_not_by_the_chain_is_found(
    journal: list[AuditEntry],
) -> None:
    third = journal[2]
    third.after = {"number": 7}
    sign_entry(third)
    change(3, after=third.after, hash=third.hash)

    with pytest.raises(CommandError, match="Entry 4 was not written after entry 3"):
        verify()


def test_a_noted_entry_tells_of_a_journal_that_was_written_anew(
    journal: list[AuditEntry],
) -> None:
    noted = f"4:{journal[3].hash}"
    remove(3, 4, 5)
    key_id, seal = seal_head(2, journal[1].hash)
    AuditHead.objects.update(sequence=2, hash=journal[1].hash, seal=seal, key_id=key_id)

    assert verify().startswith("2 entries")
    with pytest.raises(CommandError, match=r"^Entries 3 to 4 are missing\.$"):
        verify("--expect", noted)

    for _number in range(3):
        record("order.assigned", by="claire")
    assert verify().startswith("5 entries")
    with pytest.raises(CommandError, match="Entry 4 is not the one that was noted"):
        verify("--expect", noted)


def test_a_noted_entry_that_is_still_there_is_right(journal: list[AuditEntry]) -> None:
    assert verify("--expect", f"4:{journal[3].hash}").startswith("5 entries")


@pytest.mark.parametrize("noted", ["4", "4:abc", "four", ":"])
def test_a_note_that_is_none_is_refused(noted: str) -> None:
    with pytest.raises(CommandError, match="--expect is a number"):
        verify("--expect", noted)


def test_a_rotated_key_keeps_the_journal_right(
    journal: list[AuditEntry], settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = [
        Fernet.generate_key().decode(),
        *settings.ENCRYPTION_KEYS,
    ]
    record("order.assigned", by="claire")

    assert verify().startswith("6 entries")


def test_a_key_that_was_thrown_away_is_named(
    journal: list[AuditEntry], settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    record("order.assigned", by="claire")

    with pytest.raises(CommandError) as problem:
        verify()
    assert str(problem.value) == (
        f"Entry 1 is signed with key {journal[0].key_id}, which ENCRYPTION_KEY does "
        "not hold: it cannot be checked."
    )
