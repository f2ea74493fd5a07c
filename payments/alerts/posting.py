"""Post JSON to somebody who may be slow, broken or hostile."""

import json
from collections.abc import Mapping
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import urlsplit

TIMEOUT_S = 10.0


class NotAccepted(Exception):
    """The other side did not say yes, or not in time."""


def post_json(
    url: str, body: Mapping[str, str], *, timeout_s: float = TIMEOUT_S
) -> None:
    """Raises NotAccepted unless a 2xx comes within `timeout_s` in all.

    Redirects are not followed, the answer is not read. The name of the host may take
    its time to be found: that is the system's resolver.
    """
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "application/json"}
    connection = kind(parts.hostname or "", parts.port, timeout=timeout_s)
    with closing(connection):
        # A socket's own timeout begins again with each byte that drips in.
        deadline = Timer(timeout_s, _hang_up, [connection])
        deadline.daemon = True
        try:
            deadline.start()
            connection.request("POST", path, json.dumps(body).encode(), headers)
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            # Not its text: it may quote the address, which is a secret.
            raise NotAccepted(type(error).__name__) from None
        finally:
            deadline.cancel()
    if not 200 <= status < 300:
        raise NotAccepted(f"status {status}")


def _hang_up(connection: HTTPConnection) -> None:
    """Let whoever waits on the socket see its end."""
    if connection.sock:
        with suppress(OSError):  # it hung up first
            connection.sock.shutdown(SHUT_RDWR)
