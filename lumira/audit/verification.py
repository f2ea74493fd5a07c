"""Find out whether the journal is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass

from lumira.audit.chain import UnknownKey, is_genuine, is_sealed
from lumira.audit.models import AuditEntry, AuditHead


class ChainBroken(Exception):
    """The first thing that is wrong, in one sentence."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry as it was noted: kept elsewhere, it tells of a journal cut since."""

    sequence: int = 0
    hash: str = ""

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


def verify_chain(expected: Anchor | None = None) -> Anchor:
    """The last entry of a journal in which nothing was changed. Raises ChainBroken.

    Reads entry by entry, so its size does not matter, and may run while the staff
    works. Whoever holds both the database and ENCRYPTION_KEY can write another
    journal; only an anchor `expected` from elsewhere contradicts that.
    """
    head = _head()
    last = Anchor()
    for entry in _entries():
        _check(entry, after=last)
        last = Anchor(entry.sequence, entry.hash)
        for known in (Anchor(head.sequence, head.hash), expected):
            if known and known.sequence == last.sequence and known != last:
                raise ChainBroken(
                    f"Entry {last.sequence} is not the one that was noted."
                )
    if last.sequence < head.sequence:
        raise ChainBroken(_missing(last.sequence + 1, head.sequence))
    if expected and last.sequence < expected.sequence:
        raise ChainBroken(_missing(last.sequence + 1, expected.sequence))
    # Entries written meanwhile moved the head, too.
    if _head().sequence < last.sequence:
        raise ChainBroken("The head of the journal was set back.")
    return last


def _head() -> AuditHead:
    head = AuditHead.objects.first()
    if head is None:
        raise ChainBroken("The head of the journal is missing.")
    try:
        if is_sealed(head):
            return head
    except UnknownKey as unknown:
        raise ChainBroken(_unknown_key("The head of the journal", unknown)) from None
    raise ChainBroken("The head of the journal is not as it was written.")


def _entries() -> Iterator[AuditEntry]:
    return AuditEntry.objects.order_by("sequence").iterator(chunk_size=500)


def _check(entry: AuditEntry, *, after: Anchor) -> None:
    try:
        genuine = is_genuine(entry)
    except UnknownKey as unknown:
        raise ChainBroken(_unknown_key(f"Entry {entry.sequence}", unknown)) from None
    if not genuine:
        raise ChainBroken(f"Entry {entry.sequence} is not as it was written.")
    if entry.sequence != after.sequence + 1:
        raise ChainBroken(_missing(after.sequence + 1, entry.sequence - 1))
    if entry.previous != after.hash:
        raise ChainBroken(
            f"Entry {entry.sequence} was not written after entry {after.sequence}."
        )


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"Entry {first} is missing."
    return f"Entries {first} to {last} are missing."


def _unknown_key(what: str, unknown: UnknownKey) -> str:
    return (
        f"{what} is signed with key {unknown}, which ENCRYPTION_KEY does not hold: "
        "it cannot be checked."
    )
