"""A liar between a client and the sandbox: changes answers on their way back."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Change = Callable[[dict[str, Any]], None]

_TIMEOUT_S = 30
# What belongs to one connection only; and urllib does not unpack.
_HOPS = frozenset({"Accept-Encoding", "Connection", "Content-Length", "Host"})


@contextmanager
def tampering_with(url: str, change: Change) -> Iterator[str]:
    """The address of a copy of the API at `url` whose JSON objects `change` spoils."""

    class Between(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on(None)

        def do_POST(self) -> None:
            self._pass_on(self.rfile.read(int(self.headers["Content-Length"] or 0)))

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

        def _pass_on(self, body: bytes | None) -> None:
            status, answer = _asked(f"{url}{self.path}", body, dict(self.headers))
            change(answer)
            told = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Between)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _asked(
    address: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    plain = {name: value for name, value in headers.items() if name not in _HOPS}
    request = urllib.request.Request(address, body, plain)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)
