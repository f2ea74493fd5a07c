"""The HTTP server: Django's threaded one, with its sockets within reach of faults.

One thread per connection, so a call that is held on purpose never keeps another one
waiting. Not meant for anything but the loopback interface.
"""

import socket
from typing import Any, cast

from django.core.servers.basehttp import (
    ServerHandler,
    ThreadedWSGIServer,
    WSGIRequestHandler,
)
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from payments.sandbox.faults.connection import Connection

CONNECTION = "sandbox.connection"


class _Answering(ServerHandler):
    """Writes the answer, unless a fault has spoilt the connection."""

    environ: dict[str, Any]
    request_handler: "_Reading"
    result: Any

    def finish_response(self) -> None:
        connection: Connection = self.environ[CONNECTION]
        if not connection.is_spoilt:
            super().finish_response()
            return
        self.request_handler.close_connection = True
        if hasattr(self.result, "close"):
            self.result.close()


class _Reading(WSGIRequestHandler):
    # Headers and body go out in two writes; Nagle would hold the second back 40 ms.
    disable_nagle_algorithm = True

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ[CONNECTION] = Connection(cast(socket.socket, self.connection))
        return environ

    def log_message(self, format: str, *args: Any) -> None:
        """The journal knows better than a log line."""

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if len(self.raw_requestline) > 65536:
            self.requestline = self.request_version = self.command = ""
            self.send_error(414)
            return
        if not self.parse_request():
            return
        handler = _Answering(
            self.rfile, self.wfile, self.get_stderr(), self.get_environ()
        )
        handler.request_handler = self
        handler.run(cast(Any, self.server).get_app())


class SandboxServer(ThreadedWSGIServer):
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is no news here."""


def bind(host: str, port: int) -> SandboxServer:
    """A server that listens already; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = SandboxServer((host, port), _Reading, ipv6=family == socket.AF_INET6)
    server.set_app(get_wsgi_application())
    resolve("/")  # A mistake in an address shows now, not at the first call.
    return server
