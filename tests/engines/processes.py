"""What both servers of the tests need: a port, and an end."""

import socket
import subprocess


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def kill(process: "subprocess.Popen[bytes]") -> None:
    """At once: what the tests wrote is thrown away. Again: nothing."""
    process.kill()
    process.wait()
