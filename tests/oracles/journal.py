"""What a sandbox heard and said, without what a test put into its mouth."""

from collections.abc import Set
from typing import Any

from tests.sandbox_process import SandboxProcess

Json = dict[str, Any]


def heard_and_said(sandbox: SandboxProcess) -> tuple[list[Json], list[Json]]:
    """Calls and events since the reset. Events made by hand are nobody's lies."""
    events = sandbox.events()
    forged = {event["id"] for event in events if _is_of_no_type(event)}
    forged |= sandbox.made_by_hand
    calls = [_without_forged(call, forged) for call in sandbox.requests()]
    return calls, [event for event in events if event["id"] not in forged]


def _is_of_no_type(event: Json) -> bool:
    """The fault `unknown_type` made its type up."""
    return str(event["type"]).endswith(".unheard_of")


def _without_forged(call: Json, forged: Set[str]) -> Json:
    body = call["response"]
    if not forged or not isinstance(body, dict):
        return call
    if body.get("id") in forged:
        return {**call, "response": None}
    if body.get("object") != "list":
        return call
    rows = [row for row in body["data"] if row["id"] not in forged]
    return {**call, "response": {**body, "data": rows}}
