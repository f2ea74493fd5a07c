"""What a fault does to the caller's connection: cut it, hold it, spoil the answer."""

import os
import select
import socket
import struct
import time
from typing import Protocol

_POLL_MS = 200


class Connection(Protocol):
    """The server's side of one call."""

    def cut(self) -> None: ...

    def truncate(self, head: bytes) -> None: ...

    def hold(self, seconds: float) -> None: ...


class SocketConnection:
    """A real connection. Once spoilt, the server must not write to it any more."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.is_spoilt = False

    def cut(self) -> None:
        """Reset it: the caller sees ECONNRESET, not an end of file."""
        self.is_spoilt = True
        linger = struct.pack("ii", 1, 0)
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        os.close(self._sock.detach())

    def truncate(self, head: bytes) -> None:
        """Send the beginning of an answer, then end as if all were said."""
        self.is_spoilt = True
        self._sock.sendall(head)
        self._sock.shutdown(socket.SHUT_RDWR)

    def hold(self, seconds: float) -> None:
        """Say nothing for so long, or until the caller goes away; then hang up."""
        self.is_spoilt = True
        ends = time.monotonic() + seconds
        poll = select.poll()
        poll.register(self._sock, select.POLLRDHUP | select.POLLHUP | select.POLLERR)
        while time.monotonic() < ends and not poll.poll(_POLL_MS):
            pass


class NoConnection:
    """Where there is no socket to spoil, as in a test without a server."""

    def cut(self) -> None: ...

    def truncate(self, head: bytes) -> None: ...

    def hold(self, seconds: float) -> None: ...
