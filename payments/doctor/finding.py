"""One line of what doctor found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is so, and `mend` says what to do about it. Neither holds a secret."""

    subject: str
    level: Level
    what: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"{self.level:<8}{self.subject}: {self.what}"
        return f"{line} – {self.mend}" if self.mend else line


Check = Callable[[], Iterator[Finding]]


def ok(subject: str, what: str) -> Finding:
    return Finding(subject, Level.OK, what)


def warning(subject: str, what: str, mend: str) -> Finding:
    return Finding(subject, Level.WARNING, what, mend)


def wrong(subject: str, what: str, mend: str) -> Finding:
    return Finding(subject, Level.WRONG, what, mend)
