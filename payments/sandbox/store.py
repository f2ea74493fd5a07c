"""What the sandbox knows: tables of JSON records under one lock, kept on disk if asked.

A record is a plain dict. Change it, then `put` it again: that marks it for the disk.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, key)
)
"""
_UPSERT = """
INSERT INTO record (kind, key, body) VALUES (?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body
"""


class Disk:
    """One SQLite file. A lost write costs demo data only, hence synchronous=OFF."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=OFF")
        self.db.execute(_SCHEMA)

    def load(self) -> Iterable[tuple[str, str, Json]]:
        """Every record in the order in which it was first written."""
        rows = self.db.execute("SELECT kind, key, body FROM record ORDER BY place")
        return [(kind, key, json.loads(body)) for kind, key, body in rows]

    def write(self, changed: Iterable[tuple[str, str, Json | None]]) -> None:
        """Save these records in one transaction; None deletes."""
        self.db.execute("BEGIN")
        for kind, key, body in changed:
            if body is None:
                self.db.execute(
                    "DELETE FROM record WHERE kind = ? AND key = ?", (kind, key)
                )
            else:
                self.db.execute(_UPSERT, (kind, key, json.dumps(body)))
        self.db.execute("COMMIT")

    def clear(self) -> None:
        self.db.execute("DELETE FROM record")


class Store:
    """All records by kind and key, oldest first. Hold `lock` while reading a change."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._tables: dict[str, dict[str, Json]] = {}
        self._kind_of_id: dict[str, str] = {}
        self._changed: dict[tuple[str, str], None] = {}
        self._disk: Disk | None = None

    def open(self, path: Path) -> None:
        """Read the file's records and write every later change through to it."""
        with self.lock:
            self._disk = Disk(path)
            for kind, key, record in self._disk.load():
                self.put(kind, key, record)
            self._changed.clear()

    def put(self, kind: str, key: str, record: Json) -> None:
        self._tables.setdefault(kind, {})[key] = record
        if record.get("object") == kind and record.get("id") == key:
            self._kind_of_id[key] = kind
        self._changed[(kind, key)] = None

    def save(self, thing: Json) -> Json:
        """Put one of Stripe's objects, whose kind and key it carries itself."""
        self.put(thing["object"], thing["id"], thing)
        return thing

    def get(self, kind: str, key: str) -> Json | None:
        return self._tables.get(kind, {}).get(key)

    def by_id(self, thing_id: str) -> Json | None:
        """One of Stripe's objects, whatever its kind."""
        kind = self._kind_of_id.get(thing_id)
        return self.get(kind, thing_id) if kind else None

    def all(self, kind: str) -> list[Json]:
        return list(self._tables.get(kind, {}).values())

    def object_kinds(self) -> list[str]:
        """The kinds of Stripe's objects; records of our own begin with "_"."""
        return sorted(kind for kind in self._tables if not kind.startswith("_"))

    def items(self, kind: str) -> list[tuple[str, Json]]:
        return list(self._tables.get(kind, {}).items())

    def delete(self, kind: str, key: str) -> None:
        if self._tables.get(kind, {}).pop(key, None) is not None:
            self._kind_of_id.pop(key, None)
            self._changed[(kind, key)] = None

    def flush(self) -> None:
        """Write what changed to the disk. Nothing to do without one."""
        if self._disk and self._changed:
            self._disk.write(
                (kind, key, self.get(kind, key)) for kind, key in self._changed
            )
        self._changed.clear()

    def clear(self) -> None:
        with self.lock:
            self._tables.clear()
            self._kind_of_id.clear()
            self._changed.clear()
            if self._disk:
                self._disk.clear()


STORE = Store()
