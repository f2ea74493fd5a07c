"""What is to happen to a customer's things later, in their own time.

Without a test clock that is a timer of the sandbox; with one it waits until that clock
is advanced. Whoever is called looks first whether it is still wanted.
"""

from collections.abc import Mapping
from typing import Any

from payments.sandbox import clock, timers
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json

_KIND = "_appointment"
_actions: dict[str, timers.Action] = {}


def register(actions: Mapping[str, timers.Action]) -> None:
    """Say which function each name stands for."""
    _actions.update(actions)
    timers.register(actions)


def appoint(thing: Json, name: str, *, at: int, **args: Any) -> None:
    """Have `name` called with these arguments at this moment of the object's time."""
    if thing["test_clock"] is None:
        delay_s = max(at - clock.now_precise(), 0)
        timers.schedule(name, delay_s=delay_s, **args)
        return
    appointment: Json = {
        "id": new_id("appt"),
        "clock": thing["test_clock"],
        "at": at,
        "name": name,
        "args": args,
    }
    STORE.put(_KIND, appointment["id"], appointment)


def next_appointment(clock_id: str, *, until: int) -> Json | None:
    """The clock's earliest appointment, unless it is later than `until`."""
    due = [item for item in _of(clock_id) if item["at"] <= until]
    return min(due, key=lambda item: int(item["at"]), default=None)


def keep(appointment: Json) -> None:
    """Do at its own moment what was appointed."""
    STORE.delete(_KIND, appointment["id"])
    with clock.standing_at(appointment["at"]):
        _actions[appointment["name"]](**appointment["args"])


def forget(clock_id: str) -> None:
    for appointment in _of(clock_id):
        STORE.delete(_KIND, appointment["id"])


def _of(clock_id: str) -> list[Json]:
    return [item for item in STORE.all(_KIND) if item["clock"] == clock_id]
