"""The sandbox's own controls, for a demo: buyers who pay without a browser."""

import json
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings


class NoSandbox(Exception):
    """The address of Stripe's API is not a sandbox's, or nobody answers there."""


def pay(intent_id: str, card: str) -> None:
    """A buyer pays. A refused card is not an error: it is what the demo shows."""
    _post(f"payment_intents/{intent_id}/pay", {"card": card})


def wait_for_sandbox(patience_s: float) -> None:
    """Return when the sandbox answers. Raises NoSandbox."""
    if not settings.STRIPE_API_BASE:
        raise NoSandbox("STRIPE_API_BASE is Stripe's own address.")
    deadline = time.monotonic() + patience_s
    while True:
        try:
            _request("events", None)
        except (urllib.error.URLError, ConnectionError) as error:
            if time.monotonic() > deadline:
                raise NoSandbox(
                    f"Nobody answers at {settings.STRIPE_API_BASE}."
                ) from error
            time.sleep(0.1)
        else:
            return


def _post(path: str, body: dict[str, Any]) -> Any:
    return _request(path, json.dumps(body).encode())


def _request(path: str, body: bytes | None) -> Any:
    request = urllib.request.Request(  # noqa: S310 (our own setting)
        f"{settings.STRIPE_API_BASE}/_/api/{path}",
        body,
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        return json.load(response)
