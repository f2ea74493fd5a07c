"""A MongoDB replica set of one's own, for tests: real mongod processes."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from tests.engines.processes import free_port, kill

# `make .cache/mongod` puts it there: requirements/mongod.txt.
DOWNLOADED = (
    Path(__file__).resolve().parents[2] / ".cache/mongod/fiftyone/db/bin/mongod"
)
PATIENCE_S = 60


class ReplicaSet:
    """One to seven mongod on loopback ports, with a folder that goes with them.

    `election_timeout_ms` is how long a silent primary keeps its office.
    """

    def __init__(
        self, folder: Path, *, nodes: int = 1, election_timeout_ms: int = 10_000
    ) -> None:
        self._folder = folder
        self._ports = [free_port() for _node in range(nodes)]
        self._election_timeout_ms = election_timeout_ms
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        """Of the database `lumira`."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self._ports)
        return f"mongodb://{hosts}/lumira?replicaSet=tests"

    def start(self) -> None:
        """Come back once there is a primary and all others follow it."""
        for port in self._ports:
            self.start_node(port)
        for port in self._ports:  # a set is made of nodes that answer
            with self._client(port) as client:
                client.admin.command("ping")
        members = [
            {"_id": number, "host": f"127.0.0.1:{port}"}
            for number, port in enumerate(self._ports)
        ]
        settings = {"electionTimeoutMillis": self._election_timeout_ms}
        config: dict[str, Any] = {
            "_id": "tests",
            "members": members,
            "settings": settings,
        }
        if len(members) == 1:
            # Nobody pulls the plug of a single node: no write waits for its disk.
            config["writeConcernMajorityJournalDefault"] = False
        with self._client(self._ports[0]) as client:
            client.admin.command("replSetInitiate", config)
        self.wait_until_healthy()

    def start_node(self, port: int) -> None:
        """Start this node, or start it again after a kill."""
        data = self._folder / str(port)
        data.mkdir(exist_ok=True)
        self._processes[port] = subprocess.Popen(
            [
                find_mongod(),
                f"--port={port}",
                "--bind_ip=127.0.0.1",
                "--replSet=tests",
                f"--dbpath={data}",
                f"--logpath={data}/log",
                "--logappend",
                "--nounixsocket",
                "--oplogSize=64",
                "--wiredTigerCacheSizeGB=0.25",
                "--setParameter=enableTestCommands=1",  # failpoints
                # Those of a killed process keep their rows until then: by default a
                # minute, which is longer than anybody waits.
                "--setParameter=transactionLifetimeLimitSeconds=5",
                "--setParameter=diagnosticDataCollectionEnabled=false",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def primary(self) -> int:
        """The port of the primary. Raises TimeoutError when there is none."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            for port in self._ports:
                if self._hello(port).get("isWritablePrimary"):
                    return port
            time.sleep(0.05)
        raise TimeoutError("No mongod became primary.")

    def kill_primary(self) -> int:
        """kill -9; the port where it was."""
        port = self.primary()
        kill(self._processes[port])
        return port

    def wait_until_healthy(self) -> None:
        """Until every node is primary or follows. Raises TimeoutError."""
        self.primary()
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            states = [self._hello(port) for port in self._ports]
            if all(
                state.get("isWritablePrimary") or state.get("secondary")
                for state in states
            ):
                return
            time.sleep(0.05)
        raise TimeoutError("A mongod does not follow.")

    def end(self) -> None:
        for process in self._processes.values():
            kill(process)

    def _hello(self, port: int) -> dict[str, Any]:
        """What this node says of itself; nothing when it does not answer."""
        try:
            with self._client(port) as client:
                answer: dict[str, Any] = client.admin.command("hello")
                return answer
        except PyMongoError:
            return {}

    def _client(self, port: int) -> "MongoClient[dict[str, Any]]":
        alive = port in self._processes and self._processes[port].poll() is None
        return MongoClient(
            "127.0.0.1",
            port,
            directConnection=True,
            # A node that starts may take long on a busy machine.
            serverSelectionTimeoutMS=30_000 if alive else 500,
        )


@contextmanager
def replica_set(**options: Any) -> Iterator[ReplicaSet]:
    """Started, and ended with everything it wrote."""
    folder = Path(tempfile.mkdtemp(prefix="lumira-mongod-"))
    nodes = ReplicaSet(folder, **options)
    try:
        nodes.start()
        yield nodes
    finally:
        nodes.end()
        shutil.rmtree(folder, ignore_errors=True)


def find_mongod() -> str:
    """The one on PATH, else the downloaded one. Raises FileNotFoundError."""
    found = shutil.which("mongod")
    if found:
        return found
    if not DOWNLOADED.exists():
        raise FileNotFoundError("No mongod on PATH; `make .cache/mongod` brings one.")
    if not os.access(DOWNLOADED, os.X_OK):
        DOWNLOADED.chmod(0o755)  # wheels forget it
    return str(DOWNLOADED)
