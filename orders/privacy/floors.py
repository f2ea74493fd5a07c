"""What other floors know of a person. Orders do not know what it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from orders.models import Erasure
from orders.privacy.person import Person


@dataclass(frozen=True, slots=True)
class Holding:
    """What is there about a person, in short French lines: 3 images, 79,00 €."""

    goes: Sequence[str] = field(default=())
    stays: Sequence[str] = field(default=())


class Floor(Protocol):
    """A floor above that keeps something about the same person."""

    def holding(self, person: Person) -> Holding:
        """What an erasure would take, and what stays, with the reason."""

    def close(self, person: Person, *, by: str) -> None:
        """End what can be ended before, outside too. No transaction is open."""

    def obstacles(self, person: Person, *, is_closed: bool) -> list[str]:
        """What is open and keeps the person from being erased, and what to do.

        Before `close` was called, only what it cannot end.
        """

    def erase(self, person: Person, erasure: Erasure) -> Mapping[str, int]:
        """Within the transaction of the erasure: how much of what was taken."""

    def finish(self) -> None:
        """What is left to do outside, for all erasures. Raises while it cannot."""

    def export(self, person: Person) -> Mapping[str, list[dict[str, Any]]]:
        """What the person gets, by the name of the file it is written to."""

    def still_needed(self, orders: Collection[UUID]) -> set[UUID]:
        """Those of these orders whose answers something that goes on still uses."""


_floors: list[Floor] = []


def add_floor(floor: Floor) -> None:
    """From now on it is asked whenever a person's data are. A repeat: nothing."""
    if floor not in _floors:
        _floors.append(floor)


def floors() -> list[Floor]:
    return list(_floors)
