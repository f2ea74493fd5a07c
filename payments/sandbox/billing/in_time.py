"""The time in which a customer's things live: a test clock's, or the sandbox's."""

from collections.abc import Iterator
from contextlib import contextmanager

from payments.sandbox import clock
from payments.sandbox.errors import ApiError
from payments.sandbox.store import STORE, Json

TEST_CLOCK = "test_helpers.test_clock"


@contextmanager
def in_time_of(thing: Json) -> Iterator[None]:
    """Have it be the object's own time inside; a clock that advances sets its own."""
    test_clock = clock_of(thing)
    if test_clock is None or clock.is_standing():
        yield
        return
    with clock.standing_at(test_clock["frozen_time"]):
        yield


@contextmanager
def modifying(thing: Json) -> Iterator[None]:
    """The same for a call that changes something: 429 while the clock advances."""
    test_clock = clock_of(thing)
    if test_clock and test_clock["status"] == "advancing":
        raise ApiError(
            429,
            "Test clock advancement underway - cannot perform modifications: "
            f"{test_clock['id']}",
            began=False,
        )
    with in_time_of(thing):
        yield


def clock_of(thing: Json) -> Json | None:
    return STORE.get(TEST_CLOCK, thing["test_clock"] or "")
