"""Where the sandbox is reached: a renewal's 3-D Secure page has no call to tell it."""

from payments.sandbox.api.endpoint import Call
from payments.sandbox.store import STORE


def remember_origin(call: Call) -> None:
    STORE.put("_setting", "origin", {"url": call.origin})


def origin() -> str:
    """The address of the last call that may have led to a payment later."""
    return str((STORE.get("_setting", "origin") or {"url": ""})["url"])
