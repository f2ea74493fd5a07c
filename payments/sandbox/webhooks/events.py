"""Events: what happened, frozen at that moment. https://docs.stripe.com/api/events"""

import json
from collections.abc import Callable
from typing import Any

from payments.sandbox import clock
from payments.sandbox.api_version import API_VERSION
from payments.sandbox.faults import rules
from payments.sandbox.ids import new_id
from payments.sandbox.store import STORE, Json
from payments.sandbox.transaction import current
from payments.sandbox.webhooks import delivery
from payments.sandbox.webhooks.endpoints import listening_for

KIND = "event"
_BODY = "_event_body"
_OLD_VERSION = "2022-11-15"

Listener = Callable[[Json], None]
_listeners: dict[str, list[Listener]] = {}


def listen(event_type: str, listener: Listener) -> None:
    """Have the listener called with the object, inside the same change."""
    _listeners.setdefault(event_type, []).append(listener)


def emit(event_type: str, thing: Json, previous: Json | None = None) -> Json:
    """Record an event and have it delivered once the change is released.

    `previous` holds the former values of what an update changed.
    """
    struck = rules.take_for_event(event_type)
    event = _record(event_type, thing, previous, struck)
    for rule in struck:
        if rule.fault == "double_new_id":
            _record(event_type, thing, previous, [])
    for listener in _listeners.get(event_type, ()):
        listener(thing)
    return event


def emit_by_hand(event_type: str, thing: Json, **fields: Any) -> Json:
    """An event that tells of nothing that happened here; any field can be forged."""
    return _record(event_type, thing, None, [], **fields)


def frozen_body(event_id: str) -> bytes:
    """The event as it was when it happened, in the bytes every attempt sends."""
    record = STORE.get(_BODY, event_id) or {"body": "{}"}
    return str(record["body"]).encode()


def _record(
    event_type: str,
    thing: Json,
    previous: Json | None,
    struck: list[rules.Rule],
    **fields: Any,
) -> Json:
    change = current()
    endpoints = listening_for(event_type)
    data: Json = {"object": json.loads(json.dumps(thing))}
    if previous is not None:
        data["previous_attributes"] = json.loads(json.dumps(previous))
    event: Json = {
        "id": new_id("evt"),
        "object": KIND,
        "api_version": API_VERSION,
        # Not a test clock's time: events are kept and listed by the account's.
        "created": int(clock.now_precise()),
        "data": data,
        "livemode": False,
        "pending_webhooks": len(endpoints),
        "request": {
            "id": change.request_id,
            "idempotency_key": change.idempotency_key,
        },
        "type": event_type,
        **fields,
    }
    for rule in struck:
        _forge(event, rule.fault)
    STORE.save(event)
    STORE.put(_BODY, event["id"], {"body": json.dumps(event, indent=2)})
    delivery.prepare(event, endpoints, struck)
    return event


def _forge(event: Json, fault: str) -> None:
    thing = event["data"]["object"]
    if fault == "livemode":
        event["livemode"] = True
        if "livemode" in thing:
            thing["livemode"] = True
    elif fault == "old_api_version":
        event["api_version"] = _OLD_VERSION
    elif fault == "unknown_type":
        event["type"] = f"{event['type']}.unheard_of"
    elif fault == "unknown_intent":
        stranger = new_id("pi")
        name = "id" if thing["object"] == "payment_intent" else "payment_intent"
        if name in thing:
            thing[name] = stranger
