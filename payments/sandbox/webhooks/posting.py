"""One POST of one event, and the ways in which it can be spoilt."""

import http.client
import ssl
import time
from urllib.parse import urlsplit

from payments.sandbox.ids import random_text
from payments.sandbox.store import Json
from payments.sandbox.webhooks.signing import signature_header

_HEADERS = {
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    "Accept": "*/*; q=0.5, application/xml",
    "Cache-Control": "no-cache",
}
_TOO_OLD_S = 600
_KEPT_OF_ANSWER = 2000


def sign(body: bytes, secrets: list[str], faults: set[str]) -> str:
    """The header for one attempt; the fault names say how it is spoilt."""
    stranger = f"whsec_{random_text(32)}"
    if "wrong_secret" in faults:
        secrets = [stranger]
    elif "two_signatures" in faults:
        secrets = [stranger, *secrets]
    age_s = _TOO_OLD_S if "old_signature" in faults else 0
    return signature_header(body, secrets, age_s=age_s)


def post(url: str, body: bytes, signature: str, *, timeout_s: float) -> Json:
    """Send it. A redirect is not followed; an unreachable shop is not an exception."""
    started = time.monotonic()
    result: Json = {
        "time": time.time(),
        "status": None,
        "response": None,
        "error": None,
        "signature": signature,
    }
    try:
        status, text = _exchange(url, body, signature, timeout_s)
        result.update(status=status, response=text)
    except (OSError, http.client.HTTPException) as problem:
        result["error"] = f"{type(problem).__name__}: {problem}"
    result["duration_ms"] = round((time.monotonic() - started) * 1000, 1)
    return result


def _exchange(
    url: str, body: bytes, signature: str, timeout_s: float
) -> tuple[int, str]:
    parts = urlsplit(url)
    host = parts.hostname or "127.0.0.1"
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            host,
            parts.port,
            timeout=timeout_s,
            context=ssl.create_default_context(),
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=timeout_s)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        headers = {**_HEADERS, "Stripe-Signature": signature}
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        text = answer.read(_KEPT_OF_ANSWER).decode("utf-8", "replace")
        return answer.status, text
    finally:
        connection.close()
