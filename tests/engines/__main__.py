"""Run a command with a database server of its own.

    python -m tests.engines postgresql pytest tests/money
    python -m tests.engines mongodb make simulate

The command finds the server in TEST_DATABASE_URL, and the server ends with it. A
MONGODB_URI in the environment is used as it is.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tests.engines.mongod import replica_set
from tests.engines.postgresql import postgresql

ENGINES = ("sqlite", "postgresql", "mongodb")


@contextmanager
def server(engine: str) -> Iterator[str]:
    """The address of a running server; empty for SQLite, which has none."""
    if engine == "sqlite":
        yield ""
    elif engine == "postgresql":
        with postgresql() as url:
            yield url
    elif url := os.environ.get("MONGODB_URI", "").strip():
        yield url
    else:
        with replica_set() as nodes:
            yield nodes.url


def main() -> int:
    engine, *command = sys.argv[1:]
    if engine not in ENGINES or not command:
        sys.exit(__doc__)
    # Asked to end, it still ends its server.
    signal.signal(signal.SIGTERM, _end)
    with server(engine) as url:
        # Not DATABASE_URL: nothing but tests must find a server that goes away.
        environment = {**os.environ, "TEST_DATABASE_URL": url}
        return subprocess.run(command, env=environment).returncode


def _end(*_signal: object) -> NoReturn:
    sys.exit(143)


if __name__ == "__main__":
    sys.exit(main())
