"""What the panel asks for every second: the latest of everything, in short."""

import hashlib
import json
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from payments.sandbox import clock, journal, timers
from payments.sandbox.faults import rules
from payments.sandbox.machines.intent_object import enabled_methods
from payments.sandbox.panel.activity import call_row, event_rows
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.settings import webhook_settings

_LATEST_CALLS = 150
_LATEST_EVENTS = 300
_NEXT_TIMERS = 20


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Calls and events, newest last; clock, faults, webhooks, how many of each kind.

    Answers 304 to an If-None-Match as long as nothing has happened.
    """
    with STORE.lock:
        body = json.dumps(_latest()).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    return response


def _latest() -> Json:
    calls = journal.entries()
    events = STORE.all("event")
    return {
        "calls": [call_row(entry) for entry in calls[-_LATEST_CALLS:]],
        "events": event_rows(events[-_LATEST_EVENTS:], calls),
        "offset_s": round(clock.offset_s(), 3),
        "timers": [
            {"name": timer["name"], "at": timer["at"], "about": _about(timer)}
            for timer in timers.pending()[:_NEXT_TIMERS]
        ],
        "faults": rules.all_rules(),
        "webhooks": asdict(webhook_settings()),
        "payment_methods": enabled_methods(),
        "counts": {kind: len(STORE.all(kind)) for kind in STORE.object_kinds()},
    }


def _about(timer: Json) -> str | None:
    """The id of the object that something will happen to."""
    ids = (value for value in timer["args"].values() if isinstance(value, str))
    return next((value for value in ids if STORE.by_id(value)), None)
