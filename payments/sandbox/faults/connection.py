"""What a fault does to the caller's connection: cut it, hold it, spoil the answer."""

import os
import select
import socket
import struct
import time

_POLL_MS = 200


class Connection:
    """The server's side of one call. Once spoilt, nothing more is written to it."""

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
