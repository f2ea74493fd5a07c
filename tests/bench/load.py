"""Eight clients on kept-open connections, as cheap as Python can make them.

They share two cores with what they measure, so they are one thread that waits for all
of them at once, 20 microseconds of processor time a request; eight threads took 30.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

CLIENTS = 8
_PATIENCE_S = 60


class WrongAnswer(SystemExit):
    """A server that answers something else quickly must not look fast: all ends."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a block of requests came to. Seconds; the clients' own are of one core."""

    requests: int
    seconds: float
    clients_cpu: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


@dataclass(slots=True)
class _Client:
    wire: socket.socket
    waiting: Iterator[bytes]
    asked: bytes = b""
    received: bytes = b""


def send_all(port: int, requests: Sequence[bytes], *, status: int = 200) -> Load:
    """Send each request once, eight at a time, and wait for the last answer.

    Raises WrongAnswer when one has another status, or the server hangs up.
    """
    wanted = str(status).encode()
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for number in range(CLIENTS):
            wire = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client = _Client(wire, iter(requests[number::CLIENTS]))
            selector.register(wire, selectors.EVENT_READ, client)
        started, cpu = time.perf_counter(), time.process_time()
        for key in list(selector.get_map().values()):
            _send_next(key.data, selector)
        while selector.get_map():
            ready = selector.select(_PATIENCE_S)
            if not ready:
                raise WrongAnswer("There was no answer.")
            for key, _ in ready:
                if _is_answered(key.data, wanted):
                    _send_next(key.data, selector)
        took = time.perf_counter() - started
    return Load(len(requests), took, time.process_time() - cpu)


def _send_next(client: _Client, selector: selectors.BaseSelector) -> None:
    request = next(client.waiting, None)
    if request is None:
        selector.unregister(client.wire)
    else:
        client.asked, client.received = request, b""
        client.wire.sendall(request)


def _is_answered(client: _Client, wanted: bytes) -> bool:
    """Both servers say how long the body is, or that there is none."""
    data = client.wire.recv(65_536)
    if not data:
        raise WrongAnswer("The connection was closed.")
    client.received += data
    head, blank, body = client.received.partition(b"\r\n\r\n")
    if not blank:
        return False
    if head[9:12] != wanted:
        asked = client.asked.partition(b"\r\n")[0]
        raise WrongAnswer(f"{asked!r}: {head[:40]!r} {body[:200]!r}")
    _, _, rest = head.lower().partition(b"content-length:")
    return len(body) >= int(rest.partition(b"\r\n")[0] or 0)


def request(
    method: str, path: str, headers: Mapping[str, str], *, body: bytes = b""
) -> bytes:
    """One request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
