"""One change of the sandbox's world: under the lock, and told about only afterwards.

What a change announces (events to deliver, things to happen later) is collected while
it runs and let go by `release`, so that an API call is answered before its events go
out, as Stripe mostly does.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from payments.sandbox.store import STORE


@dataclass
class Change:
    request_id: str | None = None
    idempotency_key: str | None = None
    deliveries: list[str] = field(default_factory=list)
    on_release: list[Callable[[], None]] = field(default_factory=list)
    must_arrive_first: list[str] = field(default_factory=list)
    _released: bool = False

    def release(self) -> None:
        """Let the announcements go. Again: nothing."""
        if self._released:
            return
        self._released = True
        for action in self.on_release:
            action()
        _unreleased.discard(id(self))


# Changes that are made and saved, and whose announcements still wait for the answer.
_unreleased: set[int] = set()


class _Current(threading.local):
    change: Change | None = None


_current = _Current()


@contextmanager
def change(
    *, request_id: str | None = None, idempotency_key: str | None = None
) -> Iterator[Change]:
    """Hold the lock, collect announcements, save to disk at the end.

    Inside another change of the same thread it joins that one.
    """
    if _current.change:
        yield _current.change
        return
    with STORE.lock:
        made = Change(request_id, idempotency_key)
        _current.change = made
        try:
            yield made
        finally:
            _current.change = None
            if made.on_release:
                _unreleased.add(id(made))
            STORE.flush()


def current() -> Change:
    """The change that this thread is making."""
    if _current.change is None:
        raise RuntimeError("Nothing may change outside of a change().")
    return _current.change


def is_any_unreleased() -> bool:
    """Whether some change has yet to announce what it did."""
    return bool(_unreleased)


@contextmanager
def change_and_release() -> Iterator[Change]:
    """A change that nobody waits to be answered for: a timer's, a control's."""
    with change() as made:
        yield made
    made.release()
