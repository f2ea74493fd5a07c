"""What a backup's `manifest.json` says, and whether it says it still."""

import hmac
import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lumira.backup.contents import Table

FORMAT = 1
MANIFEST, SUMS, ROWS, FILES = "manifest.json", "SHA256SUMS", "rows.jsonl.gz", "files"


class BadBackup(Exception):
    """It cannot be restored here, and why, in one sentence."""


@dataclass(slots=True)
class Manifest:
    """`keys` are the names of the ENCRYPTION_KEYs that were in use, the first first:
    a name tells nothing of its key. `audit` is the journal's last entry, empty if the
    journal was broken already. `missing` are files that rows name and nobody has.
    """

    made_at: str
    engine: str
    migrations: dict[str, str]
    keys: list[str]
    audit: str
    tables: dict[str, Table]
    files: int
    sums: str
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """With a seal that only who holds the first of `keys` can make."""
    content = asdict(manifest)
    key = keys()[manifest.keys[0]]
    text = json.dumps({**content, "seal": _seal(content, key)}, indent=1)
    (folder / MANIFEST).write_text(f"{text}\n")


def read_manifest(folder: Path) -> Manifest:
    """Raises BadBackup if it is not a backup, is sealed with a key that
    ENCRYPTION_KEY does not hold, or was changed since."""
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        if content["format"] != FORMAT:
            raise BadBackup(f"{folder} has a format that this release does not know.")
        seal, names = content.pop("seal"), content["keys"]
    except (OSError, ValueError, KeyError):
        raise BadBackup(f"{folder} is not a backup: no readable {MANIFEST}.") from None
    held = keys()
    if unknown := [name for name in names if name not in held]:
        raise BadBackup(
            f"It was made with ENCRYPTION_KEY {', '.join(names)}; put the missing "
            f"{', '.join(unknown)} behind yours. A restore without it would leave "
            "texts that nobody can read."
        )
    if not hmac.compare_digest(_seal(content, held[names[0]]), seal):
        raise BadBackup(f"{MANIFEST} was changed after it was written.")
    tables = {name: Table(**table) for name, table in content.pop("tables").items()}
    return Manifest(**content, tables=tables)


def keys() -> dict[str, bytes]:
    """A key of our own for each of ENCRYPTION_KEYS, by its name; the first first."""
    derived = [
        hmac.digest(key.encode(), b"lumira backup", sha256)
        for key in settings.ENCRYPTION_KEYS
    ]
    return {sha256(b"name of " + key).hexdigest()[:12]: key for key in derived}


def our_migrations() -> dict[str, str]:
    """The newest migration of each app of ours that this database has."""
    ours = {
        app.label
        for app in apps.get_app_configs()
        if (settings.BASE_DIR / app.name.partition(".")[0]).is_dir()
    }
    applied = MigrationRecorder(connection).applied_migrations()
    # Their names begin with their numbers.
    return {app: name for app, name in sorted(applied) if app in ours}


def _seal(content: dict[str, Any], key: bytes) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, f"manifest {text}".encode(), sha256).hexdigest()
