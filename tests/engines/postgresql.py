"""A PostgreSQL of one's own, for tests: a cluster from the machine's binaries."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.engines.processes import free_port, kill

PATIENCE_S = 60
# Nobody pulls the plug of these tests: no write waits for the disk.
CAREFREE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def postgresql(
    kept: Path | None = None, *, durability: tuple[str, ...] = CAREFREE
) -> Iterator[str]:
    """The address of its database `lumira`. Ended with everything it wrote.

    What it writes into a folder that is `kept` stays, and is found there again.
    """
    folder = kept or Path(tempfile.mkdtemp(prefix="lumira-postgresql-"))
    folder.mkdir(exist_ok=True)
    user = _who()
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    try:
        if not data.exists():
            _make_cluster(data, user)
        settings = (
            *durability,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=300",
        )
        server = subprocess.Popen(
            [
                find("postgres"),
                "-D",
                str(data),
                "-p",
                str(port),
                *(word for setting in settings for word in ("-c", setting)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(folder / "log").open("wb"),
            cwd=folder,
            user=user,
        )
        try:
            _create_database(port, server)
            yield f"postgres://lumira@127.0.0.1:{port}/lumira"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                kill(server)
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(data: Path, user: str | None) -> None:
    subprocess.run(
        [
            find("initdb"),
            f"--pgdata={data}",
            "--username=lumira",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=data.parent,
        user=user,
    )


def find(program: str) -> str:
    """The one on PATH, else Debian's newest. Raises FileNotFoundError."""
    found = shutil.which(program)
    if found:
        return found
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    for path in sorted(versions, key=lambda path: -int(path.parts[4])):
        return str(path)
    raise FileNotFoundError(f"No {program}: install Debian's package postgresql.")


def _who() -> str | None:
    """PostgreSQL refuses to run as root: then somebody without rights does."""
    if os.getuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _create_database(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Once it answers. Raises what the last try raised."""
    deadline = time.monotonic() + PATIENCE_S
    address = f"postgres://lumira@127.0.0.1:{port}/postgres"
    while True:
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE lumira")
                return
        except psycopg.errors.DuplicateDatabase:  # kept
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline or server.poll() is not None:
                raise
        time.sleep(0.05)
