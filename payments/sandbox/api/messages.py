"""A call as it came in and an answer as it goes out, without any web framework."""

import json
from dataclasses import dataclass, field

from payments.sandbox.errors import ApiError
from payments.sandbox.faults.connection import Connection
from payments.sandbox.store import Json
from payments.sandbox.transaction import Change


@dataclass(frozen=True)
class Request:
    """`headers` have lower-case names; `form` is the query string of a GET."""

    id: str
    method: str
    path: str
    form: str
    headers: dict[str, str]
    origin: str
    connection: Connection

    @property
    def once(self) -> str:
        """The Idempotency-Key, which means something on a POST only."""
        key = self.headers.get("idempotency-key", "")
        return key if self.method == "POST" else ""


@dataclass
class Answer:
    """`began` says whether it is kept for its Idempotency-Key.

    `change` is released once the caller has the answer.
    """

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    began: bool = True
    change: Change = field(default_factory=Change)


def answer_json(thing: Json, *, change: Change) -> Answer:
    return Answer(200, dumped(thing), change=change)


def answer_error(error: ApiError, change: Change | None = None) -> Answer:
    return Answer(
        error.status,
        dumped(error.body),
        dict(error.headers),
        began=error.began,
        change=change or Change(),
    )


def dumped(thing: Json) -> str:
    """JSON laid out as Stripe does."""
    return json.dumps(thing, indent=2)
