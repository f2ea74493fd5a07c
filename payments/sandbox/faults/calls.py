"""Faults that strike API calls: before the effect, instead of it, and after it."""

import time
from http.client import responses

from payments.sandbox.api import idempotency
from payments.sandbox.api.messages import Answer, Request, answer_error
from payments.sandbox.errors import ApiError
from payments.sandbox.faults.rules import Rule

_HOLD_S = 30.0
_SLOW_S = 2.0
_HTML = (
    "<!doctype html><html><head><title>502 Bad Gateway</title></head>"
    "<body><h1>502 Bad Gateway</h1></body></html>"
)


def strike_before(rule: Rule | None, request: Request) -> Answer | None:
    """The answer of a call that never reached its endpoint; None when it goes on."""
    if rule is None:
        return None
    if rule.fault == "reset_before":
        request.connection.cut()
        return Answer(0, "")
    if rule.fault == "timeout_before":
        request.connection.hold(_seconds(rule, _HOLD_S))
        return Answer(0, "")
    if rule.fault == "429":
        return answer_error(_too_many(rule))
    if rule.fault == "503":
        return answer_error(
            ApiError(503, "The service is temporarily unavailable.", type="api_error")
        )
    if rule.fault == "html":
        status = int(rule.options.get("status", 502))
        return Answer(status, _HTML, content_type="text/html")
    if rule.fault == "conflict":
        return answer_error(idempotency.in_flight(request.once or "no key"))
    return None


def wait_if_slow(rule: Rule | None) -> None:
    """Take time while the Idempotency-Key, if any, is in flight."""
    if rule and rule.fault == "slow":
        time.sleep(_seconds(rule, _SLOW_S))


def failure_instead(rule: Rule | None) -> Answer | None:
    """A 500 of an endpoint that began and did nothing: kept for its key."""
    return _internal_error() if rule and rule.fault == "500" else None


def failure_after(rule: Rule | None, answer: Answer) -> Answer:
    """A 500 of an endpoint that did its work and then fell: kept for its key."""
    if rule is None or rule.fault != "500_after":
        return answer
    failure = _internal_error()
    failure.change = answer.change
    return failure


def strike_after(rule: Rule | None, request: Request, answer: Answer) -> None:
    """The effect is there, the events go out, and the caller never learns of it."""
    if rule is None or rule.fault not in (
        "timeout_after",
        "reset_after",
        "truncated_after",
    ):
        return
    answer.change.release()
    if rule.fault == "timeout_after":
        request.connection.hold(_seconds(rule, _HOLD_S))
    elif rule.fault == "reset_after":
        request.connection.cut()
    else:
        request.connection.truncate(_half(answer))


def _half(answer: Answer) -> bytes:
    """Headers that promise the whole body, and half of it."""
    body = answer.body.encode()
    lines = [
        f"HTTP/1.1 {answer.status} {responses.get(answer.status, '')}",
        f"Content-Type: {answer.content_type}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in answer.headers.items()),
    ]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return head + body[: len(body) // 2]


def _too_many(rule: Rule) -> ApiError:
    headers = {}
    if "should_retry" in rule.options:
        should = "true" if rule.options["should_retry"] else "false"
        headers["Stripe-Should-Retry"] = should
    return ApiError(
        429,
        "Too many requests hit the API too quickly. We recommend an exponential "
        "backoff of your requests.",
        code="rate_limit",
        began=False,
        headers=headers,
    )


def _internal_error() -> Answer:
    return answer_error(
        ApiError(
            500,
            "An unknown error occurred. (The sandbox was told to fail.)",
            type="api_error",
        )
    )


def _seconds(rule: Rule, default: float) -> float:
    return float(rule.options.get("seconds", default))
