"""A server that keeps whoever calls it waiting, until the test lets go."""

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_S = 60


class HeldServer:
    """Answers POSTs with what another server says to them, or with nothing."""

    def __init__(self, forward_to: str = "") -> None:
        self._arrived, self._released = threading.Event(), threading.Event()
        held = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                held._hold()
                answer = held._ask(forward_to + self.path, body, dict(self.headers))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments: object) -> None:
                pass

        self._forwards = bool(forward_to)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def wait_for_a_caller(self) -> None:
        assert self._arrived.wait(PATIENCE_S), "nobody called"

    def let_go(self) -> None:
        self._released.set()

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self.let_go()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _hold(self) -> None:
        self._arrived.set()
        self._released.wait(PATIENCE_S)

    def _ask(self, address: str, body: bytes, headers: dict[str, str]) -> bytes:
        if not self._forwards:
            return b""
        kept = {name: headers[name] for name in headers if name != "Host"}
        request = urllib.request.Request(address, body, kept, method="POST")
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            said: bytes = answer.read()
            return said


@contextmanager
def held_server(forward_to: str = "") -> Iterator[HeldServer]:
    server = HeldServer(forward_to)
    server.start()
    try:
        yield server
    finally:
        server.end()
