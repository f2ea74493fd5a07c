"""Lines of a transaction are written when it has ended, whatever came of it.

Of SQLite there is one writer at a time. Each line's way to the log lets another thread
of the process go first, and the others wait for all of it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from lumira.kit.log_context import known_facts

_held: ContextVar[list[tuple["HoldingHandler", logging.LogRecord]] | None] = ContextVar(
    "lines that wait", default=None
)


class HoldingHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes a line at once, or after `lines_held`: as of the moment it was told."""

    def emit(self, record: logging.LogRecord) -> None:
        held = _held.get()
        if held is None:
            return super().emit(record)
        # What it names may have changed by then.
        record.msg, record.args = record.getMessage(), ()
        record.known_facts = known_facts()
        held.append((self, record))

    def write(self, record: logging.LogRecord) -> None:
        with self.lock:  # type: ignore[union-attr]
            super().emit(record)


@contextmanager
def lines_held() -> Iterator[None]:
    """What this thread tells inside is written at the end, in the same order. What is
    nested joins the outer one."""
    if _held.get() is not None:
        yield
        return
    held: list[tuple[HoldingHandler, logging.LogRecord]] = []
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
        for handler, record in held:
            handler.write(record)
