"""A place where our books and Stripe's disagree, and what was done about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drift:
    """One disagreement. `mend` brings our books to Stripe's; it may raise.

    `mend` is None where only a person can decide.
    """

    kind: str
    about: str
    order: str
    ours: str
    stripes: str
    mend: Callable[[], None] | None

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.about} (order {self.order or '?'}): "
            f"ours {self.ours}, Stripe's {self.stripes}"
        )


# Looks at one kind of object and yields what disagrees. Writes nothing.
Survey = Callable[[], Iterator[Drift]]
