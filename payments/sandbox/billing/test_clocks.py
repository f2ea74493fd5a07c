"""Test clocks: a time of their own for some customers, moved on by a call.

A clock advances in steps, one appointment each, so that webhooks go out meanwhile.
https://docs.stripe.com/billing/testing/test-clocks
"""

from typing import Any

from payments.sandbox import clock, timers
from payments.sandbox.billing import agenda
from payments.sandbox.billing.ending import ENDED, customer_deleted
from payments.sandbox.billing.in_time import TEST_CLOCK
from payments.sandbox.billing.periods import DAY_S, moved
from payments.sandbox.billing.settings import billing_settings
from payments.sandbox.errors import refused
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_KEPT_S = 30 * DAY_S


def make_test_clock(frozen_time: int, **fields: Any) -> Json:
    now = clock.now()
    made: Json = {
        "id": new_id("clock"),
        "object": TEST_CLOCK,
        "created": now,
        "deletes_after": now + _KEPT_S,
        "frozen_time": frozen_time,
        "livemode": False,
        "name": None,
        "status": "ready",
        "status_details": {},
        **fields,
    }
    STORE.save(made)
    emit("test_helpers.test_clock.created", made)
    return made


def start_advancing(test_clock: Json, target: int) -> None:
    """Set out for that moment. Refuses the past, and more than two periods at once."""
    if test_clock["status"] != "ready":
        raise refused("Test clock is already advancing.", code="test_clock_not_ready")
    if target <= test_clock["frozen_time"]:
        raise refused(
            "Test clocks can only be advanced to a time after their frozen time.",
            param="frozen_time",
        )
    if target > _furthest(test_clock):
        raise refused(
            "Test clocks can be advanced by two intervals of their shortest "
            "subscription at most, or by two years without one.",
            param="frozen_time",
        )
    test_clock["status"] = "advancing"
    test_clock["status_details"] = {"advancing": {"target_frozen_time": target}}
    STORE.save(test_clock)
    emit("test_helpers.test_clock.advancing", test_clock)
    _step_later(test_clock)


def step(clock_id: str) -> None:
    """The timer behind an advancing clock: one appointment, or the arrival."""
    test_clock = STORE.get(TEST_CLOCK, clock_id)
    if test_clock is None or test_clock["status"] != "advancing":
        return
    target = test_clock["status_details"]["advancing"]["target_frozen_time"]
    appointment = agenda.next_appointment(clock_id, until=target)
    if appointment:
        try:
            agenda.keep(appointment)
        except Exception:
            test_clock["status"] = "internal_failure"
            STORE.save(test_clock)
            emit("test_helpers.test_clock.internal_failure", test_clock)
            raise
        _step_later(test_clock)
        return
    test_clock.update(status="ready", frozen_time=target, status_details={})
    STORE.save(test_clock)
    emit("test_helpers.test_clock.ready", test_clock)


def delete_test_clock(test_clock: Json) -> Json:
    """Its customers go with it, and their subscriptions with them."""
    gone: Json = {"id": test_clock["id"], "object": TEST_CLOCK, "deleted": True}
    for customer in _customers_of(test_clock):
        customer_deleted(customer)
        STORE.delete("customer", customer["id"])
        STORE.put(
            "_deleted_customer",
            customer["id"],
            {"id": customer["id"], "object": "customer", "deleted": True},
        )
    agenda.forget(test_clock["id"])
    STORE.delete(TEST_CLOCK, test_clock["id"])
    emit("test_helpers.test_clock.deleted", test_clock)
    return gone


def _furthest(test_clock: Json) -> int:
    now = test_clock["frozen_time"]
    ends = [
        moved(now, recurring["interval"], 2 * recurring["interval_count"])
        for subscription in STORE.all("subscription")
        if subscription["test_clock"] == test_clock["id"]
        and subscription["status"] not in ENDED
        for recurring in [subscription["items"]["data"][0]["price"]["recurring"]]
    ]
    return min(ends, default=moved(now, "year", 2))


def _step_later(test_clock: Json) -> None:
    delay_s = billing_settings().clock_step_s
    timers.schedule("test_clock.steps", delay_s=delay_s, clock_id=test_clock["id"])


def _customers_of(test_clock: Json) -> list[Json]:
    return [
        customer
        for customer in STORE.all("customer")
        if customer["test_clock"] == test_clock["id"]
    ]
