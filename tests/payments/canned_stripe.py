"""A stand-in that answers as told: for what the sandbox is too honest to say."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings


@dataclass
class CannedStripe:
    """Answers each call with `status` and `body`, and remembers calls and bodies."""

    url: str = ""
    status: int = 200
    body: Any = None
    calls: list[str] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)

    def will_say(self, status: int, body: Any) -> None:
        """`body` is sent as JSON, unless it is text already."""
        self.status, self.body = status, body


@contextmanager
def canned_stripe() -> Iterator[CannedStripe]:
    stripe = CannedStripe()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            stripe.heard.append(self.rfile.read(length))
            stripe.calls.append(f"{self.command} {self.path}")
            text = stripe.body
            if not isinstance(text, str):
                text = json.dumps(text)
            self.send_response(stripe.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text.encode())))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = answer

        def log_message(self, format: str, *args: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stripe.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stripe
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def canned(settings: Settings) -> Iterator[CannedStripe]:
    """The shop talks to a Stripe that answers as told."""
    with canned_stripe() as stripe:
        settings.STRIPE_API_BASE = stripe.url
        yield stripe
