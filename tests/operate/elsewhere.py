"""Another, empty database on this test's server, and the shop's commands on it."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from pymongo import MongoClient

NAME = "lumira_restored"


class Elsewhere:
    """A shop of its own: an address, and a folder for its private files."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.files = folder / "private-elsewhere"

    def manage(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` there."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "lumira.settings",
                "DATABASE_URL": self.address,
                "MEDIA_URL_STORAGE": f"file://{self.files}",
                **variables,
            },
            capture_output=True,
            text=True,
        )

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """What all rows say, by the names of the fields, for each model."""
        found = defaultdict(list)
        for line in self.manage("database_rows", "write").stdout.splitlines():
            row = json.loads(line)
            found[row["model"]].append(row["fields"])
        return found


@contextmanager
def elsewhere(folder: Path) -> Iterator[Elsewhere]:
    """Gone afterwards."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        yield Elsewhere(f"sqlite:///{folder}/{NAME}.sqlite3", folder)
    elif connection.vendor == "postgresql":
        server = f"{config['USER']}@{config['HOST']}:{config['PORT']}"
        with psycopg.connect(
            f"postgres://{server}/{config['NAME']}", autocommit=True
        ) as here:
            here.execute(f"create database {NAME}")
            yield Elsewhere(f"postgres://{server}/{NAME}", folder)
            here.execute(f"drop database {NAME}")
    else:
        host, _, options = str(config["HOST"]).partition("?")
        address = f"{host.rpartition('/')[0]}/{NAME}?{options}"
        yield Elsewhere(address, folder)
        with MongoClient[dict[str, Any]](address) as client:
            client.drop_database(NAME)
