"""Pages of a list, newest first. https://docs.stripe.com/api/pagination"""

from collections.abc import Iterable
from typing import Any

from payments.sandbox.api.endpoint import Call
from payments.sandbox.errors import missing
from payments.sandbox.store import Json

_DEFAULT_LIMIT = 10


def page(call: Call, things: Iterable[Json], *, kind: str) -> Json:
    """The page that the call asks for, out of things that are oldest first."""
    rows = [row for row in reversed(list(things)) if _was_created(row, call)]
    limit = call.params.get("limit", _DEFAULT_LIMIT)
    after = call.params.get("starting_after")
    before = call.params.get("ending_before")
    if before:
        end = _position(rows, before, kind, "ending_before")
        start = max(end - limit, 0)
        return list_object(rows[start:end], url=call.path, has_more=start > 0)
    start = _position(rows, after, kind, "starting_after") + 1 if after else 0
    chosen = rows[start : start + limit]
    return list_object(chosen, url=call.path, has_more=start + limit < len(rows))


def list_object(rows: list[Json], *, url: str, has_more: bool = False) -> Json:
    return {"object": "list", "data": rows, "has_more": has_more, "url": url}


def matching(things: Iterable[Json], **wanted: Any) -> list[Json]:
    """Those whose fields equal what is wanted; None asks for nothing."""
    asked = {key: value for key, value in wanted.items() if value is not None}
    return [
        thing
        for thing in things
        if all(thing.get(key) == value for key, value in asked.items())
    ]


def _position(rows: list[Json], thing_id: str, kind: str, param: str) -> int:
    for place, row in enumerate(rows):
        if row["id"] == thing_id:
            return place
    raise missing(kind, thing_id, param=param, in_path=False)


def _was_created(row: Json, call: Call) -> bool:
    asked = call.params.get("created")
    if asked is None:
        return True
    moment = row["created"]
    if isinstance(asked, int):
        return bool(moment == asked)
    return bool(
        moment > asked.get("gt", -1)
        and moment >= asked.get("gte", 0)
        and moment < asked.get("lt", float("inf"))
        and moment <= asked.get("lte", float("inf"))
    )
