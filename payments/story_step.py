"""One step of what a customer is told about their order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    HALTED = "halted"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Step:
    """`at`: when it happened, if that is known; `by_when`: promised for then."""

    title: str
    text: str = ""
    state: StepState = StepState.DONE
    at: datetime | None = None
    by_when: datetime | None = None
