"""What each call to Stripe cost and came to: one line of the log, and who else asks.

The gateway's HTTP client reports here, try by try: a call that is retried is several,
and so is a list of several pages.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from lumira.kit.log_context import about

logger = logging.getLogger(__name__)

# pi_…, re_…, sub_… and also what tests make up; the words of paths have no digits.
OBJECT_ID = re.compile(r"/[a-z]+_(?=\w*[0-9A-Z])\w+")
NO_ANSWER = 0


@dataclass(frozen=True, slots=True)
class StripeCall:
    """One request. `operation` is the method and the path without ids."""

    operation: str
    duration_s: float
    status: int = NO_ANSWER
    stripe_request: str = ""
    idempotency_key: str = ""
    is_replay: bool = False

    @property
    def outcome(self) -> str:
        """ok, refused (4xx), failed (5xx) or no_answer."""
        if self.status == NO_ANSWER:
            return "no_answer"
        if self.status < 400:
            return "ok"
        return "refused" if self.status < 500 else "failed"


Listener = Callable[[StripeCall], None]
_listeners: list[Listener] = []


def on_stripe_call(listener: Listener) -> Listener:
    """Tell this function of every call. A repeat changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


class Answer:
    """What the client heard, for the report; nothing until it has. Its headers are
    found however they are written."""

    def __init__(self) -> None:
        self.status = NO_ANSWER
        self.headers: Mapping[str, str] = {}


@contextmanager
def reported(method: str, url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
    """Measure one request and report it, also when no answer comes."""
    answer, begun = Answer(), monotonic()
    try:
        yield answer
    finally:
        heard = answer.headers
        report(
            StripeCall(
                operation=operation_of(method, url),
                duration_s=monotonic() - begun,
                status=answer.status,
                stripe_request=heard.get("Request-Id", ""),
                idempotency_key=headers.get("Idempotency-Key", ""),
                is_replay=heard.get("Idempotent-Replayed", "") == "true",
            )
        )


def report(call: StripeCall) -> None:
    with about(
        stripe_request=call.stripe_request,
        stripe_status=call.status,
        duration_ms=round(call.duration_s * 1000),
        idempotency_key=call.idempotency_key,
        replayed="yes" if call.is_replay else "",
    ):
        level = logging.WARNING if call.status in (NO_ANSWER, 429) else logging.INFO
        logger.log(level, "Stripe %s: %s", call.operation, call.outcome)
    for listener in _listeners:
        listener(call)


def operation_of(method: str, url: str) -> str:
    """POST /v1/payment_intents/pi_1/cancel -> POST payment_intents/…/cancel."""
    path = OBJECT_ID.sub("/…", urlsplit(url).path)
    return f"{method.upper()} {path.removeprefix('/v1/')}"
