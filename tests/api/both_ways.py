"""One request by the short way and by Django's, for tests that compare them."""

import logging
import re
import uuid
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from lumira.kit.log_context import Known, known_facts
from lumira.limits import memory
from payments.api.short_way import ORDER, START, payers_first
from tests.factories.orders import make_order

Environ = dict[str, Any]
# What no two answers have in common: their number, the second, and what is new.
NEW = re.compile(
    rb"(pi|cuss)_\w+|LU\d{6}-\w{6}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
MOMENTS = {"expires"}
NOBODY = uuid.UUID(int=1)
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9,fr;q=0.5"}
PROXIED = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "198.51.100.4"}


@dataclass
class Told:
    """What a server was told. `by_django`: whether the short way gave it on."""

    by_django: bool = False
    line: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    lines: list[tuple[str, ...]] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)

    def comparable(self) -> tuple[object, ...]:
        """A number of the caller's own stays; one that was made here does not."""
        headers = sorted(
            (name, "r…" if value.startswith("r") and name == "X-Request-Id" else value)
            for name, value in self.headers
            if name.lower() not in MOMENTS
        )
        return self.line, headers, NEW.sub(b"new", self.body), self.lines


class Heard(logging.Handler):
    """Lines of the log, and what they were said to be about."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, ...]] = []
        self.known: list[Known] = []

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        facts = sorted(known_facts())
        line = NEW.sub(b"new", record.getMessage().encode()).decode()
        self.known.append(known_facts())
        self.lines.append((record.name, record.levelname, line, str(kind), *facts))


class BothWays:
    """Django's handler, and the short way before another one, which has learnt."""

    def __init__(self) -> None:
        self.long = WSGIHandler()
        self.asked: list[Environ] = []
        self.short = payers_first(self._noting)
        self.learn()

    def learn(self) -> None:
        order = make_order()
        for language in ("fr", "en"):
            for scheme in ("http", "https"):
                known = environ(f"{ORDER}{order.pk}", HTTP_ACCEPT_LANGUAGE=language)
                call(self.short, known | {"wsgi.url_scheme": scheme})

    def ask(self, environ: Environ, body: bytes = b"") -> tuple[Told, Told]:
        """The answers of both, each as if it were the first."""
        answers = []
        for application in (self.short, self.long):
            memory.forget()
            self.asked.clear()
            told = call(application, dict(environ), body)
            told.by_django = application is self.long or bool(self.asked)
            answers.append(told)
        return answers[0], answers[1]

    def same(self, environ: Environ, body: bytes = b"") -> str:
        """The status line; that both answered alike, the first without Django."""
        short, long = self.ask(environ, body)
        assert not short.by_django
        assert short.comparable() == long.comparable()
        return short.line

    def longer(self, environ: Environ, body: bytes = b"") -> str:
        """The status line; that the short way gave it on to Django, as it came."""
        short, long = self.ask(environ, body)
        assert short.by_django
        assert short.comparable() == long.comparable()
        return short.line

    def _noting(self, environ: Environ, start: Any) -> Any:
        self.asked.append(environ)
        return self.long(environ, start)


def environ(path: str, method: str = "GET", **changes: Any) -> Environ:
    """As gunicorn makes it; None leaves something out."""
    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "REMOTE_ADDR": "203.0.113.7",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def posted(body: bytes, **changes: Any) -> Environ:
    length = {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/json"}
    return environ(START, "POST", **{**length, **changes})


def call(application: Any, environ: Environ, body: bytes = b"") -> Told:
    told, heard = Told(), Heard()

    def start(line: str, headers: list[tuple[str, str]]) -> None:
        told.line, told.headers = line, list(headers)

    root = logging.getLogger()
    root.addHandler(heard)
    try:
        parts = application({**environ, "wsgi.input": BytesIO(body)}, start)
        told.body = b"".join(parts)
        parts.close()
    finally:
        root.removeHandler(heard)
    told.lines, told.known = heard.lines, heard.known
    return told
