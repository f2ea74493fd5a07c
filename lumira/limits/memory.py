"""What one process remembers, so that a flood does not reach the database.

Each process has its own, and forgets it when it ends: the table decides, this only
saves asking it again, or telling it each time.
"""

import time
from datetime import datetime, timedelta
from threading import Lock

from django.utils.timezone import now

from lumira.limits.limit import TooMany

# After this long the table is asked again: somebody may have lifted a pause.
REMEMBERED_S = 5.0
MINUTE_S = 60.0
# A flood of names must not fill the memory.
MOST = 10_000

_lock = Lock()
_refused: dict[str, tuple[datetime, float]] = {}
_counts: dict[str, tuple[int, float]] = {}
_unwritten: dict[str, tuple[int, float]] = {}


def remember(key: str, until: datetime) -> None:
    """This key is refused until then."""
    with _lock:
        if len(_refused) >= MOST:
            _refused.clear()
        _refused[key] = (until, time.monotonic() + REMEMBERED_S)


def refuse_known(keys: list[str]) -> None:
    """Raises TooMany if one of them was refused a moment ago."""
    moment = time.monotonic()
    for key in keys:
        until, asked_again = _refused.get(key, (None, 0.0))
        if until is not None and moment < asked_again and now() < until:
            raise TooMany(until)


def count_here(key: str, allowed: int) -> None:
    """Count one more in this minute, in this process alone. Raises TooMany."""
    moment = time.monotonic()
    with _lock:
        if len(_counts) >= MOST:
            _counts.clear()
        count, ends = _counts.get(key, (0, 0.0))
        if moment >= ends:
            count, ends = 0, moment + MINUTE_S
        if count >= allowed:
            raise TooMany(now() + timedelta(seconds=ends - moment))
        _counts[key] = (count + 1, ends)


def unwritten(key: str) -> int:
    """How many of this key only we know of."""
    number, ends = _unwritten.get(key, (0, 0.0))
    return number if time.monotonic() < ends else 0


def keep(key: str, most: int, period: timedelta) -> int:
    """Keep one more of this key in mind; with the `most`th, how many to write down."""
    moment = time.monotonic()
    with _lock:
        if len(_unwritten) >= MOST:
            _unwritten.clear()
        number, ends = _unwritten.pop(key, (0, 0.0))
        if moment >= ends:
            number, ends = 0, moment + period.total_seconds()
        if number + 1 >= most:
            return number + 1
        _unwritten[key] = (number + 1, ends)
        return 0


def forget_count(key: str) -> None:
    with _lock:
        _counts.pop(key, None)


def forget() -> None:
    with _lock:
        _refused.clear()
        _counts.clear()
        _unwritten.clear()
