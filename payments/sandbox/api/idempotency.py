"""Idempotency-Key: the same call again gets the first answer again.

https://docs.stripe.com/api/idempotent_requests and error_handling#idempotency
"""

import hashlib
import json
from dataclasses import dataclass

from payments.sandbox import clock
from payments.sandbox.errors import ApiError
from payments.sandbox.store import STORE, Json

_KIND = "_idempotency"
_KEPT_FOR_S = 24 * 3600
_MAX_KEY_LENGTH = 255

# Keys whose first call has not been answered yet. Lost with the process, as it should.
_in_flight: set[str] = set()


@dataclass(frozen=True)
class KeptAnswer:
    status: int
    body: str
    request_id: str


def begin(key: str, *, path: str, params: Json) -> KeptAnswer | None:
    """Claim the key for this call, or return the answer it got before.

    Raises 400 when the key was used for something else, 409 while its first call runs.
    """
    if len(key) > _MAX_KEY_LENGTH:
        raise _error(400, "Idempotency keys must be at most 255 characters long.")
    with STORE.lock:
        kept = STORE.get(_KIND, key)
        if kept and kept["at"] + _KEPT_FOR_S <= clock.now():
            STORE.delete(_KIND, key)
            kept = None
        if kept:
            _refuse_another_use(key, kept, path, params)
            return KeptAnswer(kept["status"], kept["body"], kept["request_id"])
        if key in _in_flight:
            raise in_flight(key)
        _in_flight.add(key)
        return None


def keep(key: str, *, path: str, params: Json, answer: KeptAnswer) -> None:
    """Keep this answer for the key."""
    with STORE.lock:
        record = {
            "at": clock.now(),
            "path": path,
            "params": _digest(params),
            "status": answer.status,
            "body": answer.body,
            "request_id": answer.request_id,
        }
        STORE.put(_KIND, key, record)
        STORE.flush()


def finish(key: str) -> None:
    """The first call is over, whatever became of it."""
    with STORE.lock:
        _in_flight.discard(key)


def in_flight(key: str) -> ApiError:
    return _error(
        409,
        "There is currently another in-progress request using this Idempotent Key "
        "(that probably means you submitted twice, and the other request is still "
        f"going through): {key}. Please try again later.",
        code="idempotency_key_in_use",
    )


def _refuse_another_use(key: str, kept: Json, path: str, params: Json) -> None:
    if kept["path"] != path:
        raise _error(
            400,
            "Keys for idempotent requests can only be used for the same endpoint they "
            f"were first used for ('{kept['path']}' vs '{path}'). Try using a key "
            f"other than '{key}' if you meant to execute a different request.",
        )
    if kept["params"] != _digest(params):
        raise _error(
            400,
            "Keys for idempotent requests can only be used with the same parameters "
            f"they were first used with. Try using a key other than '{key}' if you "
            "meant to execute a different request.",
        )


def _digest(params: Json) -> str:
    return hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()


def _error(status: int, message: str, *, code: str | None = None) -> ApiError:
    return ApiError(status, message, type="idempotency_error", code=code, began=False)


def forget_all() -> None:
    """A new world: no call is under way."""
    _in_flight.clear()
