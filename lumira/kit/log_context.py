"""What the log is about right now: added to every line, whoever writes it.

Lines are written with `logging` as ever; what they are about is told here once, and
holds for everything called meanwhile, in this thread alone.
"""

import secrets
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

Fact = str | int | float | uuid.UUID | None
Known = Mapping[str, str | int | float]
# The order's, saved on its row and on what follows from it; and this request's own.
CORRELATION, REQUEST = "correlation_id", "request_id"


class Loggable(Protocol):
    """A row that says what a line of the log about it should name."""

    @property
    def log_facts(self) -> Mapping[str, Any]: ...


L = TypeVar("L", bound=Loggable)
P = ParamSpec("P")
R = TypeVar("R")

NOTHING: Known = MappingProxyType({})
# One mapping that is never changed, only replaced: what was before is one assignment.
_known: ContextVar[Known] = ContextVar("what the log is about", default=NOTHING)


class about:
    """Lines written inside say this too: ids and figures, nothing personal.

    Empty facts are left out. At the end things are as they were before, whatever
    `note` has added.
    """

    def __init__(self, **facts: Fact) -> None:
        self.facts = facts

    def __enter__(self) -> None:
        self.before = _known.get()
        note(**self.facts)

    def __exit__(self, *_problem: object) -> None:
        _known.set(self.before)


def begin(**facts: Fact) -> None:
    """Something new begins in this thread: what was known before is not of it."""
    _known.set(NOTHING)
    note(**facts)


def told_in_log(
    function: Callable[Concatenate[L, P], R],
) -> Callable[Concatenate[L, P], R]:
    """Decorator: while it runs, the log is about the row that it takes first."""

    @wraps(function)
    def with_facts(row: L, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with about(**row.log_facts):
            return function(row, *args, **kwargs)

    return with_facts


def note(**facts: Fact) -> None:
    """Say this too from here on, up to the end of the surrounding `about`."""
    told = {
        name: value if isinstance(value, int | float) else str(value)
        for name, value in facts.items()
        if value is not None and value != ""
    }
    known = _known.get()
    # The same mapping while nothing is new: it is filtered once for all its lines.
    if (more := {**known, **told}) != known:
        _known.set(more)


def known_facts() -> Known:
    """All that a line written now says it is about."""
    return _known.get()


def correlation_id() -> str:
    """What a row made now is to be found under in the log; "" outside of everything.

    That of the purchase at hand, else that of the request.
    """
    known = known_facts()
    return str(known.get(CORRELATION) or known.get(REQUEST) or "")


def request_id() -> str:
    """The reference of the request that is being answered; "" outside of one."""
    return str(known_facts().get(REQUEST) or "")


def new_id() -> str:
    """Short enough to be read aloud. The letter keeps it from looking like a number."""
    return f"r{secrets.token_hex(8)}"
