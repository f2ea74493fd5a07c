"""Deliveries: each event to each endpoint, tried until it is accepted.

Without faults an endpoint gets its events one at a time in the order of what happened,
which is kinder than Stripe; `reorder`, `concurrent` and more workers are for that.
"""

import threading
from functools import partial
from typing import Any

from payments.sandbox import clock
from payments.sandbox.faults.rules import SENDING, Rule
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json
from payments.sandbox.transaction import current
from payments.sandbox.webhooks.settings import webhook_settings

KIND = "_delivery"
REORDER_AT_MOST_S = 5.0
DEFAULT_DELAY_S = 5.0

changed = threading.Condition(STORE.lock)
_armed: dict[str, Json] = {}
_in_flight: set[str] = set()
_wanted_again: set[str] = set()


def prepare(event: Json, endpoints: list[Json], struck: list[Rule]) -> None:
    """Make one delivery per endpoint; they start when the change is released."""
    change = current()
    for endpoint in endpoints:
        faults = {rule.fault: rule.options for rule in struck if rule.fault in SENDING}
        delivery: Json = {
            "id": new_id("dlv"),
            "event": event["id"],
            "type": event["type"],
            "endpoint": endpoint["id"],
            "url": endpoint["url"],
            "state": "waiting" if webhook_settings().enabled else "held",
            "created": clock.now_precise(),
            "next_at": clock.now_precise() + _first_wait_s(faults),
            "faults": faults,
            "attempts": [],
        }
        if "drop" in faults:
            delivery["state"] = "dropped"
        STORE.put(KIND, delivery["id"], delivery)
        if "before_answer" in faults and delivery["state"] == "waiting":
            change.must_arrive_first.append(delivery["id"])
        change.on_release.append(partial(arm, delivery))


def arm(delivery: Json) -> None:
    """Let a delivery go out as soon as it is due. Again: nothing."""
    with changed:
        if delivery["state"] == "waiting" and STORE.get(KIND, delivery["id"]):
            _armed[delivery["id"]] = delivery
            changed.notify_all()


def arm_all() -> None:
    """After a restart: go on with what was waiting."""
    with changed:
        for delivery in STORE.all(KIND):
            arm(delivery)


def take_due() -> Json | None:
    """Claim the next due delivery, unless all workers are busy."""
    with changed:
        if len(_in_flight) >= webhook_settings().workers:
            return None
        due = [item for item in _armed.values() if item["next_at"] <= _now()]
        chosen = min(due, key=lambda item: float(item["next_at"]), default=None)
        if chosen:
            del _armed[chosen["id"]]
            _in_flight.add(chosen["id"])
        return chosen


def record(delivery: Json, attempts: list[Json]) -> None:
    """Write down what an attempt brought and when the next one is due, if any."""
    with changed:
        _in_flight.discard(delivery["id"])
        changed.notify_all()
        if STORE.get(KIND, delivery["id"]) is None:
            return
        delivery["attempts"].extend(attempts)
        if any(_is_success(attempt) for attempt in attempts):
            _accepted(delivery)
        elif delivery["state"] == "waiting":
            _try_again_later(delivery)
        _let_reordered_follow(delivery)
        if delivery["id"] in _wanted_again:
            _wanted_again.discard(delivery["id"])
            _start_over(delivery)
        STORE.put(KIND, delivery["id"], delivery)
        STORE.flush()


def seconds_to_wait() -> float | None:
    """Until the next delivery is due; None when none is waiting or all are busy."""
    with changed:
        if not _armed or len(_in_flight) >= webhook_settings().workers:
            return None
        earliest = min(float(item["next_at"]) for item in _armed.values())
        return max(earliest - _now(), 0)


def is_any_due() -> bool:
    """Whether something is on its way or ought to be."""
    with changed:
        return bool(_in_flight) or seconds_to_wait() == 0


def wait_for_first_attempts(delivery_ids: list[str], *, timeout_s: float) -> None:
    """Send these now and come back when each was tried once."""
    with changed:
        for delivery_id in delivery_ids:
            arm(STORE.get(KIND, delivery_id) or {"state": "gone"})
        changed.wait_for(
            lambda: all(
                (STORE.get(KIND, delivery_id) or {"attempts": [1]})["attempts"]
                for delivery_id in delivery_ids
            ),
            timeout_s,
        )


def send_again(event_id: str) -> list[Json]:
    """Send an event once more to each of its endpoints, whatever came of it before."""
    with changed:
        again = [item for item in STORE.all(KIND) if item["event"] == event_id]
        for delivery in again:
            if delivery["id"] in _in_flight:
                _wanted_again.add(delivery["id"])  # `record` sends it once more
            else:
                _start_over(delivery)
        return again


def _start_over(delivery: Json) -> None:
    delivery.update(state="waiting", next_at=_now(), created=_now(), faults={})
    STORE.put(KIND, delivery["id"], delivery)
    arm(delivery)


def hold_waiting() -> None:
    """Webhooks were switched off: nothing that waits goes out."""
    with changed:
        for delivery in list(_armed.values()):
            delivery["state"] = "held"
            STORE.put(KIND, delivery["id"], delivery)
        _armed.clear()


def send_held() -> None:
    """Send everything that was held back while webhooks were off."""
    with changed:
        for delivery in STORE.all(KIND):
            if delivery["state"] == "held":
                delivery.update(state="waiting", next_at=_now(), created=_now())
                STORE.put(KIND, delivery["id"], delivery)
                arm(delivery)


def forget_all() -> None:
    with changed:
        _armed.clear()
        _wanted_again.clear()
        changed.notify_all()


def _accepted(delivery: Json) -> None:
    if not delivery.get("accepted"):
        event = STORE.get("event", delivery["event"])
        if event:
            event["pending_webhooks"] = max(event["pending_webhooks"] - 1, 0)
            STORE.save(event)
    delivery.update(state="delivered", accepted=True, next_at=None)


def _try_again_later(delivery: Json) -> None:
    settings = webhook_settings()
    tried = len(delivery["attempts"])
    wait_s = settings.wait_after(tried)
    too_late = _now() + wait_s > delivery["created"] + settings.give_up_after_s
    if too_late or tried >= settings.max_attempts:
        delivery.update(state="failed", next_at=None)
        return
    delivery["next_at"] = _now() + wait_s
    arm(delivery)


def _let_reordered_follow(done: Json) -> None:
    for item in _armed.values():
        overtaken = "reorder" in item["faults"] and not item["attempts"]
        if overtaken and item["endpoint"] == done["endpoint"]:
            item["next_at"] = _now()


def _first_wait_s(faults: dict[str, dict[str, Any]]) -> float:
    if "reorder" in faults:
        return float(faults["reorder"].get("seconds", REORDER_AT_MOST_S))
    if "delay" in faults:
        return float(faults["delay"].get("seconds", DEFAULT_DELAY_S))
    return 0.0


def _is_success(attempt: Json) -> bool:
    status = attempt["status"]
    return status is not None and 200 <= status < 300


def _now() -> float:
    return clock.now_precise()
