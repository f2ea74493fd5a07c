"""What happened, in short rows: calls, events, and how the events were delivered."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks import delivery

# Errors show the object that they are about under one of these names.
_SHOWN = ("payment_intent", "setup_intent", "payment_method")


def call_row(entry: Json) -> Json:
    """A call of the journal without its parameters and its answer."""
    error = _error_of(entry)
    return {
        "id": entry["id"],
        "at": entry["time"],
        "method": entry["method"],
        "path": entry["path"],
        "status": entry["status"],
        "duration_ms": entry["duration_ms"],
        "fault": entry["fault"],
        "replayed": entry["replayed"],
        "by_browser": "key" in entry["params"],
        "about": about(entry),
        "error": error.get("decline_code") or error.get("code") or error.get("type"),
    }


def about(entry: Json) -> str | None:
    """The id of the object that a call made, read or failed to change."""
    response = entry["response"]
    shown = [_error_of(entry).get(name) for name in _SHOWN]
    for thing in (response, *shown):
        if isinstance(thing, dict) and isinstance(thing.get("id"), str):
            return str(thing["id"])
    return next(
        (part for part in entry["path"].split("/") if STORE.by_id(part)),
        None,
    )


def event_rows(events: Iterable[Json], calls: Iterable[Json]) -> list[Json]:
    """Events in the order in which they happened, with the machine's time of each.

    Events know only whole seconds of a clock that can be moved. Their time is that of
    the call that caused them, else of their first delivery, else of the event before;
    and never later than that of the event after.
    """
    times = {entry["id"]: float(entry["time"]) for entry in calls}
    sent = _deliveries_by_event()
    rows, at = [], 0.0
    for event in events:
        deliveries = sent.get(event["id"], [])
        first = [item["attempts"][0]["time"] for item in deliveries if item["attempts"]]
        request_id = (event["request"] or {}).get("id")
        at = times.get(request_id) or min(first, default=at) or at
        thing = event["data"]["object"]
        rows.append(
            {
                "id": event["id"],
                "at": at,
                "type": event["type"],
                "created": event["created"],
                "request": request_id,
                "about": thing.get("id"),
                "deliveries": [delivery_row(item) for item in deliveries],
            }
        )
    for row, after in pairwise(reversed(rows)):
        after["at"] = min(after["at"], row["at"])
    return rows


def delivery_row(item: Json) -> Json:
    """One event on its way to one endpoint: how it stands, when the next try is."""
    last: Json = item["attempts"][-1] if item["attempts"] else {}
    return {
        "id": item["id"],
        "url": item["url"],
        "state": item["state"],
        "tries": len(item["attempts"]),
        "accepted": sum(1 for one in item["attempts"] if _is_accepted(one)),
        "status": last.get("status"),
        "error": last.get("error"),
        "next_at": item["next_at"] if item["state"] == "waiting" else None,
        "faults": sorted(item["faults"]),
    }


def _is_accepted(attempt: Json) -> bool:
    return attempt["status"] is not None and 200 <= attempt["status"] < 300


def _deliveries_by_event() -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for item in STORE.all(delivery.KIND):
        found.setdefault(item["event"], []).append(item)
    return found


def _error_of(entry: Json) -> dict[str, Any]:
    response = entry["response"]
    error = response.get("error") if isinstance(response, dict) else None
    return error if isinstance(error, dict) else {}
