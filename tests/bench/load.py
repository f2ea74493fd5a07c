"""Eight clients on kept-open connections, as cheap as Python can make them."""

import socket
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CLIENTS = 8


class WrongAnswer(SystemExit):
    """A server that answers something else quickly must not look fast: all ends."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a block of requests came to."""

    seconds: float
    durations: tuple[float, ...]  # seconds each, in no order

    @property
    def per_second(self) -> float:
        return len(self.durations) / self.seconds


def send_all(port: int, requests: Sequence[bytes], *, status: int = 200) -> Load:
    """Send each request once, eight at a time, and wait for the last answer.

    Raises WrongAnswer when one has another status.
    """
    durations: list[list[float]] = [[] for _ in range(CLIENTS)]
    problems: list[str] = []
    begin = threading.Barrier(CLIENTS + 1)

    def client(number: int) -> None:
        share = requests[number::CLIENTS]
        with socket.create_connection(("127.0.0.1", port)) as wire:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            begin.wait()
            for request in share:
                started = time.perf_counter()
                wire.sendall(request)
                head, body = _answer(wire)
                durations[number].append(time.perf_counter() - started)
                if head[9:12] != str(status).encode():
                    problems.append(f"{head[:40]!r} {body[:200]!r}")
                    return

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    begin.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    if problems:
        raise WrongAnswer(problems[0])
    return Load(took, tuple(one for share in durations for one in share))


def _answer(wire: socket.socket) -> tuple[bytes, bytes]:
    """Head and body. Both servers say how long the body is, or that there is none."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(wire)
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += _more(wire)
    return head, body


def _more(wire: socket.socket) -> bytes:
    data = wire.recv(65_536)
    if not data:
        raise WrongAnswer("The connection was closed.")
    return data


def request(
    method: str, path: str, headers: Mapping[str, str], *, body: bytes = b""
) -> bytes:
    """One request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
