"""The sandbox's own time: the machine's, moved by whoever asks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from payments.sandbox.store import STORE

_standing: ContextVar[int | None] = ContextVar("standing", default=None)


def _setting() -> dict[str, float]:
    return STORE.get("_setting", "clock") or {"offset_s": 0.0}


def now_precise() -> float:
    """Seconds since 1970, with fractions."""
    return time.time() + _setting()["offset_s"]


def now() -> int:
    """Seconds since 1970, as Stripe writes them."""
    standing = _standing.get()
    return int(now_precise()) if standing is None else standing


@contextmanager
def standing_at(moment: int) -> Iterator[None]:
    """Have `now` say this moment: a test clock's time, for what happens inside.

    Timers, deliveries and events stay in the sandbox's own time.
    """
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)


def is_standing() -> bool:
    return _standing.get() is not None


def offset_s() -> float:
    """How far the sandbox is ahead of the machine."""
    return _setting()["offset_s"]


def move_to(moment: float) -> None:
    """Make it this moment now; time goes on from there."""
    STORE.put("_setting", "clock", {"offset_s": moment - time.time()})
