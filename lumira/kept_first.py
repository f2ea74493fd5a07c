"""Kept pages before Django: its request, its signals and its response were most of what
one cost.

The first time an answer goes the long way, and what went over the wire is remembered
where `lumira/kept_answers.py` says that it may be. A visitor with cookies, and whoever
asks oddly, goes that way each time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lumira.kept_answers import KEPT_AT, LONGEST_QUESTION, MOST_ANSWERS
from lumira.kept_pages import Place
from lumira.kit.log_context import new_id
from lumira.maintenance import maintenance
from lumira.request_ids import HEADER

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Key = tuple[object, ...]

# Who brings one of these is answered by those who know what it means.
_ODD = (
    "HTTP_COOKIE",
    "HTTP_X_REQUEST_ID",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_TRANSFER_ENCODING",
    "CONTENT_TYPE",
    "SCRIPT_NAME",
)


@dataclass(frozen=True, slots=True)
class _Sent:
    """All of an answer but its request's number; `place`: until when it is true."""

    place: Place
    line: str
    headers: Headers
    body: list[bytes]


def pages_first(otherwise: Application) -> Application:
    """A WSGI application that answers what it has seen answered; it asks nobody."""
    sent: dict[Key, _Sent] = {}

    def application(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        key = _key_of(environ)
        if key is None:
            return otherwise(environ, start)
        found = sent.get(key)
        if found and found.place.is_current() and maintenance() is None:
            start(found.line, [*found.headers, (HEADER, new_id())])
            return found.body
        told: list[tuple[str, Headers]] = []

        def heard(line: str, headers: Headers, *more: Any) -> Any:
            told.append((line, headers))
            return start(line, headers, *more)

        answer = otherwise(environ, heard)
        place: Place | None = environ.get(KEPT_AT)
        if place and sum(len(str(part)) for part in key) <= LONGEST_QUESTION:
            # Also when the version has changed: what is left of the old one goes.
            if len(sent) >= MOST_ANSWERS or (found and not found.place.is_current()):
                sent.clear()
            line, headers = told[-1]
            usual = [one for one in headers if one[0] != HEADER]
            # Not streamed: it can be read again.
            sent[key] = _Sent(place, line, usual, list(answer))
        return answer

    return application


def _key_of(asked: Environ) -> Key | None:
    """Everything that an answer for everybody may depend on, as it came; None if it is
    no plain question for a page."""
    method = asked["REQUEST_METHOD"]
    if method not in ("GET", "HEAD") or any(asked.get(name) for name in _ODD):
        return None
    if asked.get("CONTENT_LENGTH") not in (None, "", "0"):
        return None
    return (
        method,
        asked["wsgi.url_scheme"],
        asked.get("HTTP_X_FORWARDED_PROTO"),
        asked.get("HTTP_HOST"),
        asked["PATH_INFO"],
        asked.get("QUERY_STRING"),
        asked.get("HTTP_ACCEPT_LANGUAGE"),
        "gzip" in asked.get("HTTP_ACCEPT_ENCODING", ""),
        asked.get("HTTP_IF_NONE_MATCH"),
    )
