"""What the log is about right now: added to every line, whoever writes it.

Lines are written with `logging` as ever; what they are about is told here once, and
holds for everything called meanwhile, in this thread alone.
"""

import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from structlog.contextvars import (
    bind_contextvars,
    clear_contextvars,
    get_contextvars,
)

Fact = str | int | float | uuid.UUID | None
# The order's, saved on its row and on what follows from it; and this request's own.
CORRELATION, REQUEST = "correlation_id", "request_id"


class Loggable(Protocol):
    """A row that says what a line of the log about it should name."""

    @property
    def log_facts(self) -> Mapping[str, Any]: ...


L = TypeVar("L", bound=Loggable)
P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def about(**facts: Fact) -> Iterator[None]:
    """Lines written inside say this too: ids and figures, nothing personal.

    Empty facts are left out. At the end things are as they were before, whatever
    `note` has added.
    """
    before = get_contextvars()
    note(**facts)
    try:
        yield
    finally:
        clear_contextvars()
        bind_contextvars(**before)


def begin(**facts: Fact) -> None:
    """Something new begins in this thread: what was known before is not of it."""
    clear_contextvars()
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
    bind_contextvars(
        **{
            name: value if isinstance(value, int | float) else str(value)
            for name, value in facts.items()
            if value not in (None, "")
        }
    )


def correlation_id() -> str:
    """What a row made now is to be found under in the log; "" outside of everything.

    That of the purchase at hand, else that of the request.
    """
    known = get_contextvars()
    return str(known.get(CORRELATION) or known.get(REQUEST) or "")


def request_id() -> str:
    """The reference of the request that is being answered; "" outside of one."""
    return str(get_contextvars().get(REQUEST) or "")


def new_id() -> str:
    """Short enough to be read aloud. The letter keeps it from looking like a number."""
    return f"r{secrets.token_hex(8)}"
