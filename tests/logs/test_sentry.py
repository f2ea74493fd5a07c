"""What Sentry is told, as it arrives there: errors, and nothing of the person."""

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.lumira.starting import PRODUCTION, run

FAILS = """
import logging, django
django.setup()
from django.test import RequestFactory
from lumira.kit.log_context import about

def fail(word):
    local = "local-" + word
    raise ValueError("text-" + word)

with about(correlation_id="browser-0001", email="context-" + "alice"):
    try:
        fail("alice")
    except ValueError:
        body = {"email": "body-alice"}
        request = RequestFactory().post("/commandes/?lien=query-alice", body)
        logging.getLogger("django.request").error(
            "Failed for %s", "param-alice" + "@example.org", exc_info=True,
            extra={"request": request, "anything": "extra-alice"},
        )
logging.getLogger("x").warning("no error")
"""
FLUSH = "import sentry_sdk; sentry_sdk.flush(5)"


@pytest.fixture
def sentry() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address to report to, and the events that came."""
    events: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            parts = [json.loads(line) for line in body.splitlines() if line]
            events.extend(
                part
                for header, part in zip(parts, parts[1:], strict=False)
                if header.get("type") == "event"
            )
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://key@127.0.0.1:{server.server_address[1]}/1", events
    server.shutdown()
    server.server_close()
    thread.join()


def variables(dsn: str) -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "lumira.settings", "RELEASE": "v1"}
    return {**PRODUCTION, **own, "SENTRY_DSN": dsn}


def test_an_error_arrives_and_names_nobody(
    sentry: tuple[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    dsn, events = sentry

    done = run(tmp_path, FAILS + FLUSH, **variables(dsn))

    assert done.returncode == 0, done.stderr
    [event] = events
    assert event["logentry"]["formatted"] == "Failed for [email]"
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert event["exception"]["values"][0]["stacktrace"]["frames"]
    assert event["tags"]["correlation_id"] == "browser-0001"
    assert (event["environment"], event["release"]) == ("production", "v1")
    for leak in ("text", "local", "param", "query", "body", "extra", "context"):
        assert f"{leak}-alice" not in json.dumps(event)


def test_without_an_address_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    code = "import sys, django; django.setup(); print('sentry_sdk' in sys.modules)"

    done = run(tmp_path, code, **variables(""))

    assert done.stdout.strip() == "False"


def test_a_wrong_address_stops_the_start(tmp_path: Path) -> None:
    done = run(tmp_path, "import lumira.settings", **variables("sentry.example"))

    assert "SENTRY_DSN must look like" in done.stderr
