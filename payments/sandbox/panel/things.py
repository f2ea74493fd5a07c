"""Objects for the panel: a kind of them in short, and one with all around it."""

from typing import Any

from django.http import HttpRequest

from payments.sandbox import journal
from payments.sandbox.controls.json_views import Unusable, control
from payments.sandbox.panel.activity import about, call_row, event_rows
from payments.sandbox.panel.summaries import summary
from payments.sandbox.store import STORE, Json

_MOST = 200


@control("GET")
def summaries(request: HttpRequest, asked: Json) -> Any:
    """The latest objects of `?kind=`, newest first, each in one line."""
    with STORE.lock:
        things = STORE.all(str(asked.get("kind", "")))
        return [summary(thing) for thing in things[: -_MOST - 1 : -1]]


@control("GET")
def story(request: HttpRequest, asked: Json, thing_id: str) -> Json:
    """One object, the objects around it, and the calls and events that concern it.

    Around it is what it names and what names it.
    """
    with STORE.lock:
        thing = STORE.by_id(thing_id)
        if thing is None:
            raise Unusable(f"There is no object {thing_id}.")
        around = _around(thing)
        events = [
            event
            for event in STORE.all("event")
            if thing_id in _texts_in(event["data"]["object"])
        ]
        causes = {(event["request"] or {}).get("id") for event in events}
        calls = [
            entry
            for entry in journal.entries()
            if about(entry) == thing_id
            or thing_id in entry["path"].split("/")
            or entry["id"] in causes
        ]
        return {
            "object": thing,
            "summary": summary(thing),
            "around": [summary(other) for other in around],
            "calls": [call_row(entry) for entry in calls],
            "events": event_rows(events, journal.entries()),
        }


@control("GET")
def call(request: HttpRequest, asked: Json, call_id: str) -> Json:
    """One call of the journal, whole, and the events that it caused."""
    calls = journal.entries()
    entry = next((item for item in calls if item["id"] == call_id), None)
    if entry is None:
        raise Unusable(f"The journal has no call {call_id} any more.")
    with STORE.lock:
        caused = [
            event
            for event in STORE.all("event")
            if (event["request"] or {}).get("id") == call_id
        ]
        return {
            "call": entry,
            "about": about(entry),
            "events": event_rows(caused, calls),
        }


def _around(thing: Json) -> list[Json]:
    """What the object names, and what names it, without the events."""
    named = [STORE.by_id(text) for text in sorted(_texts_in(thing))]
    naming = [
        other
        for kind in STORE.object_kinds()
        if kind != "event"
        for other in STORE.all(kind)
        if thing["id"] in _texts_in(other)
    ]
    found = {other["id"]: other for other in [*named, *naming] if other}
    found.pop(thing["id"], None)
    return list(found.values())


def _texts_in(value: Any) -> set[str]:
    """Every text in an object, at any depth."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return set().union(*map(_texts_in, value))
    return set()
