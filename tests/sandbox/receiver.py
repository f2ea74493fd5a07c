"""A shop's end of a webhook: takes what comes, answers as told, remembers it."""

import json
import threading
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Delivered:
    body: bytes
    headers: Message

    @property
    def event(self) -> Json:
        return dict(json.loads(self.body))

    @property
    def signature(self) -> str:
        return str(self.headers["Stripe-Signature"])


@dataclass
class Receiver:
    """`answers` holds the statuses of the next answers; then it is 200 again."""

    url: str
    answers: list[int] = field(default_factory=list)
    delivered: list[Delivered] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    at_once: int = 0
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def types(self) -> list[str]:
        return [item.event["type"] for item in self.delivered]

    def of(self, event_type: str) -> list[Delivered]:
        return [item for item in self.delivered if item.event["type"] == event_type]


class ReceivingServer:
    """The HTTP server behind a receiver; each test starts over with a fresh one."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> "ReceivingServer":
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def start_over(self) -> Receiver:
        url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        _Handler.receiver = Receiver(url)
        return _Handler.receiver


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver
    _lock = threading.Lock()

    def do_POST(self) -> None:
        receiver = self.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self._lock:
            receiver.at_once += 1
            receiver.most_at_once = max(receiver.most_at_once, receiver.at_once)
            receiver.delivered.append(Delivered(body, self.headers))
            status = receiver.answers.pop(0) if receiver.answers else 200
        receiver.gate.wait(10)
        with self._lock:
            receiver.at_once -= 1
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"{receiver.url}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""
