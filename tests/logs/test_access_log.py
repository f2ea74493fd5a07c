"""gunicorn's line for each request, as a client of the served shop makes it."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config

from lumira.access_log import AccessLog
from tests.logs.conftest import Lines

ORDER = "0f9a1c22-1111-4222-8333-444455556666"


@pytest.fixture
def access_log() -> Iterator[AccessLog]:
    """gunicorn's logger; it changes what is global, which is put back."""
    config = Config()
    config.set("accesslog", "-")
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield AccessLog(config)
    root.handlers[:], root.level = before


def serve(log: AccessLog, **environ: str) -> None:
    response = SimpleNamespace(
        status="200 OK", sent=1234, headers=[("x-request-id", "browser-0001")]
    )
    request = SimpleNamespace(headers=[("COOKIE", "lumira_orders=secret")])
    log.access(response, request, environ, timedelta(milliseconds=42))


def served(lines: Lines) -> dict[str, Any]:
    [line] = [line for line in lines.read() if line["logger"] == "gunicorn.access"]
    return line


def test_it_says_what_came_of_the_request(access_log: AccessLog, lines: Lines) -> None:
    logging.getLogger().addHandler(lines)

    serve(access_log, REQUEST_METHOD="GET", PATH_INFO="/commande/")

    line = served(lines)
    del line["timestamp"]
    assert line == {
        "level": "info",
        "logger": "gunicorn.access",
        "event": "GET /commande/",
        "request_id": "browser-0001",
        "status": 200,
        "bytes": 1234,
        "duration_ms": 42,
    }


def test_it_names_nobody(access_log: AccessLog, lines: Lines) -> None:
    logging.getLogger().addHandler(lines)

    serve(
        access_log,
        REQUEST_METHOD="GET",
        PATH_INFO=f"/paiement/{ORDER}/",
        QUERY_STRING="payment_intent_client_secret=pi_1_hidden",
        REMOTE_ADDR="203.0.113.9",
        HTTP_REFERER="https://elsewhere.example/",
    )

    told = json.dumps(served(lines), ensure_ascii=False)
    assert "GET /paiement/0f9a1c22…/" in told
    for word in (ORDER, "hidden", "203.0.113.9", "elsewhere", "secret"):
        assert word not in told


def test_its_own_troubles_are_lines_too(access_log: AccessLog, lines: Lines) -> None:
    logging.getLogger().addHandler(lines)

    access_log.error("Worker (pid:%s) was sent SIGKILL!", 7)

    [line] = [line for line in lines.read() if line["logger"] == "gunicorn.error"]
    assert line["event"] == "Worker (pid:7) was sent SIGKILL!"


def test_who_sends_what_is_no_request_is_not_named(
    access_log: AccessLog, lines: Lines
) -> None:
    logging.getLogger().addHandler(lines)

    # As gunicorn/workers/base.py says it.
    access_log.warning("Invalid request from ip=203.0.113.9: GET /?q=alice HTTP/x")

    [line] = [line for line in lines.read() if line["logger"] == "gunicorn.error"]
    assert line["event"] == "Invalid request"
