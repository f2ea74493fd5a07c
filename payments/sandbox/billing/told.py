"""Changes that are told: the block changes an object, the event says what it was.

A change within a change of the same object belongs to the outer one.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from payments.sandbox.errors import ApiError
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

# Objects that are being changed. Guarded by the store's lock, as every change is.
_open: set[str] = set()


@contextmanager
def told(event_type: str, thing: Json) -> Iterator[None]:
    """Save the object and emit the event, unless the block left it as it was.

    A block that refuses leaves the object as it was, too.
    """
    if thing["id"] in _open:
        yield
        STORE.save(thing)
        return
    before = copy.deepcopy(thing)
    with _opened(thing):
        try:
            yield
        except ApiError:
            thing.clear()
            thing.update(before)
            raise
    former = former_values(before, thing)
    if former:
        # What the object did not have at all before is not told.
        known = {name: value for name, value in former.items() if name in before}
        emit(event_type, thing, known)


@contextmanager
def announced(event_type: str, thing: Json) -> Iterator[None]:
    """Save a new object and emit the event once it has become what the block makes."""
    STORE.save(thing)
    with _opened(thing):
        yield
    emit(event_type, thing)


def former_values(before: Json, after: Json) -> Json:
    """The values that differ, as they were; of hashes only the parts that differ."""
    former: Json = {}
    for name, value in after.items():
        was = before.get(name)
        if was != value:
            former[name] = _former(was, value)
    return former


def _former(was: Any, value: Any) -> Any:
    if isinstance(was, dict) and isinstance(value, dict):
        return former_values(was, value)
    return was


@contextmanager
def _opened(thing: Json) -> Iterator[None]:
    _open.add(thing["id"])
    try:
        yield
    finally:
        _open.discard(thing["id"])
        STORE.save(thing)
