"""What is to happen later, in sandbox time: a refund settles, a debit fails.

A timer is a record with a name; the functions behind the names come with the modules.
Timers survive a restart; one that fell due meanwhile runs at once.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from payments.sandbox import clock
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json
from payments.sandbox.transaction import change_and_release, current

Action = Callable[..., None]

logger = logging.getLogger(__name__)

_KIND = "_timer"
_actions: dict[str, Action] = {}
_wake = threading.Condition(STORE.lock)
_running = 0


def register(actions: Mapping[str, Action]) -> None:
    """Say which function each name stands for."""
    _actions.update(actions)


def schedule(name: str, *, delay_s: float, **args: Any) -> None:
    """Have `name` called with these arguments so many sandbox seconds from now."""
    timer: Json = {
        "id": new_id("timer"),
        "name": name,
        "at": clock.now_precise() + delay_s,
        "args": args,
        "armed": False,
    }
    STORE.put(_KIND, timer["id"], timer)
    current().on_release.append(lambda: _arm(timer))


def pending() -> list[Json]:
    with STORE.lock:
        return sorted(STORE.all(_KIND), key=lambda timer: float(timer["at"]))


def is_any_due() -> bool:
    """Whether something is happening or ought to be."""
    with STORE.lock:
        return _running > 0 or _next_due() is not None


def run_forever() -> None:
    """Run timers as they fall due. The body of a daemon thread."""
    with _wake:
        for timer in STORE.all(_KIND):
            timer["armed"] = True
    while True:
        with _wake:
            due = _next_due()
            if due is None:
                _wake.wait(_seconds_to_wait())
                continue
        try:
            _run(due)
        except Exception:
            logger.exception("The timer %s failed", due["name"])


def advance(seconds: float) -> None:
    """Move the clock on, stopping at each timer to run it at its own moment."""
    with STORE.lock:
        target = clock.now_precise() + seconds
        while True:
            timer = _earliest()
            if timer is None or timer["at"] > target:
                break
            clock.move_to(max(timer["at"], clock.now_precise()))
            _run(timer)
        clock.move_to(target)
        STORE.flush()
        _wake.notify_all()


def _arm(timer: Json) -> None:
    with _wake:
        timer["armed"] = True
        _wake.notify_all()


def _run(timer: Json) -> None:
    global _running
    with STORE.lock:
        if STORE.get(_KIND, timer["id"]) is None:
            return
        STORE.delete(_KIND, timer["id"])
        _running += 1
    try:
        with change_and_release():
            _actions[timer["name"]](**timer["args"])
    finally:
        with STORE.lock:
            _running -= 1


def _earliest() -> Json | None:
    armed = [timer for timer in STORE.all(_KIND) if timer["armed"]]
    return min(armed, key=lambda timer: float(timer["at"]), default=None)


def _next_due() -> Json | None:
    timer = _earliest()
    return timer if timer and timer["at"] <= clock.now_precise() else None


def _seconds_to_wait() -> float | None:
    timer = _earliest()
    return max(timer["at"] - clock.now_precise(), 0) if timer else None
