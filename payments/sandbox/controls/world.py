"""Controls of the whole: reset, clock, journal, waiting, payment methods."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from payments.sandbox import clock, journal, timers
from payments.sandbox.api import idempotency
from payments.sandbox.controls.json_views import Unusable, control
from payments.sandbox.faults import rules
from payments.sandbox.machines.intent_object import enabled_methods
from payments.sandbox.machines.methods import SUPPORTED
from payments.sandbox.start import first_endpoint
from payments.sandbox.store import STORE, Json
from payments.sandbox.transaction import change_and_release, is_any_unreleased
from payments.sandbox.webhooks import delivery

_POLL_S = 0.002


@control("POST")
def reset(request: HttpRequest, asked: Json) -> Json:
    """Forget everything. `keep_endpoints` leaves the webhook endpoints."""
    with STORE.lock:
        endpoints = STORE.all("webhook_endpoint") if asked.get("keep_endpoints") else []
        secrets = STORE.items("_endpoint_secrets")
        delivery.forget_all()
        STORE.clear()
        rules.clear()
        idempotency.forget_all()
        for endpoint in endpoints:
            STORE.save(endpoint)
        for endpoint_id, record in secrets if endpoints else ():
            STORE.put("_endpoint_secrets", endpoint_id, record)
        if not endpoints:
            first_endpoint()
        STORE.flush()
        journal.clear()
    return {"reset": True}


@control("GET")
def requests(request: HttpRequest, asked: Json) -> Any:
    """The journal, oldest first. `?path=` and `?method=` narrow it down."""
    return [
        entry
        for entry in journal.entries()
        if asked.get("path") in (None, entry["path"])
        and asked.get("method") in (None, entry["method"])
    ]


@control("GET")
def objects(request: HttpRequest, asked: Json) -> Any:
    """Every object of `?kind=`, oldest first; without it, how many of each kind."""
    with STORE.lock:
        if asked.get("kind"):
            return STORE.all(asked["kind"])
        return {kind: len(STORE.all(kind)) for kind in STORE.object_kinds()}


@control("GET", "POST")
def clock_control(request: HttpRequest, asked: Json) -> Json:
    """Read the sandbox's time; `advance_s` moves it on and runs what falls due."""
    if request.method == "POST":
        seconds = asked.get("advance_s")
        if not isinstance(seconds, int | float) or seconds < 0:
            raise Unusable("advance_s is the number of seconds to move on.")
        # A call that was just answered may not have set its timers yet.
        _becomes(_is_all_told, timeout_s=5)
        timers.advance(seconds)
        with delivery.changed:
            delivery.changed.notify_all()
    with STORE.lock:
        return {
            "now": clock.now(),
            "offset_s": clock.offset_s(),
            "timers": timers.pending(),
        }


@control("GET")
def wait(request: HttpRequest, asked: Json) -> Json:
    """Answer as soon as nothing is under way or due. `timeout_s` is 5 by default."""
    return {"idle": _becomes(_is_idle, timeout_s=float(asked.get("timeout_s", 5)))}


def _is_idle() -> bool:
    return not (is_any_unreleased() or timers.is_any_due() or delivery.is_any_due())


def _is_all_told() -> bool:
    return not is_any_unreleased()


def _becomes(is_so: Callable[[], bool], *, timeout_s: float) -> bool:
    ends = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > ends:
            return False
        time.sleep(_POLL_S)
    return True


@control("GET", "POST")
def payment_methods(request: HttpRequest, asked: Json) -> Json:
    """Which kinds of payment method are switched on for new intents."""
    if request.method == "POST":
        kinds = asked.get("enabled")
        if not isinstance(kinds, list) or not set(kinds) <= set(SUPPORTED) or not kinds:
            raise Unusable(f"enabled is a list out of {', '.join(SUPPORTED)}.")
        with change_and_release():
            STORE.put("_setting", "payment_methods", {"enabled": kinds})
    return {"enabled": enabled_methods()}
