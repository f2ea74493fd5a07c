"""Every call that reached the sandbox, newest last; forgotten with the process."""

import threading
import time
from collections import deque
from typing import Any

from payments.sandbox.store import Json

_KEPT = 5000
_lock = threading.Lock()
_entries: deque[Json] = deque(maxlen=_KEPT)


def open_entry(entry: Json) -> Json:
    """Note that a call came in. Its answer is filled in by `close_entry`."""
    entry.update(
        status=None,
        response=None,
        fault=None,
        replayed=False,
        time=time.time(),
        duration_ms=None,
    )
    with _lock:
        _entries.append(entry)
    return entry


def close_entry(entry: Json, *, started: float, **seen: Any) -> None:
    """Fill in what became of the call; `started` is on the monotonic clock."""
    with _lock:
        entry.update(seen, duration_ms=round((time.monotonic() - started) * 1000, 3))


def entries() -> list[Json]:
    with _lock:
        return [dict(entry) for entry in _entries]


def clear() -> None:
    with _lock:
        _entries.clear()
