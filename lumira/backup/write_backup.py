"""Write a backup: the shop at one moment, as files that any engine can read again."""

import fcntl
import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from django.db import connection
from django.utils.timezone import now

from lumira.audit.verification import ChainBroken, verify_chain
from lumira.backup.contents import Stock, take_stock
from lumira.backup.manifest import (
    FILES,
    MANIFEST,
    ROWS,
    Manifest,
    keys,
    our_migrations,
    write_manifest,
)
from lumira.backup.moment import one_moment
from lumira.backup.private_files import copy_out, write_sums

# Only its owner reads a backup.
FOLDER_MODE, FILE_MODE = 0o700, 0o600
_UNFINISHED = ".unfinished"


class BackupUnderWay(Exception):
    """Another process is writing one into the same folder."""


def write_backup(shelf: Path, *, say: Callable[[str], None]) -> Path:
    """A new folder on the shelf, named by the moment; complete, or not there at all.

    Customers pay and staff works meanwhile: rows are of one moment, files of rows that
    went since are named as missing. Raises BackupUnderWay, OSError (no room) and what
    the database raises.
    """
    shelf.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    with _alone(shelf):
        unfinished = shelf / _UNFINISHED
        shutil.rmtree(unfinished, ignore_errors=True)  # of one that died
        unfinished.mkdir(mode=FOLDER_MODE)
        try:
            manifest = _write(unfinished, say)
            _finish(unfinished)
            made = shelf / manifest.made_at
            unfinished.rename(made)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _to_disk(shelf)
    return made


def forget_old(shelf: Path, *, keep: int) -> list[str]:
    """Remove all but the newest `keep` backups of the shelf; their names."""
    made = sorted(path.parent for path in shelf.glob(f"*/{MANIFEST}"))
    old = made[: max(0, len(made) - keep)]
    for folder in old:
        shutil.rmtree(folder)
    return [folder.name for folder in old]


def _write(folder: Path, say: Callable[[str], None]) -> Manifest:
    names = list(keys())
    made_at = f"{now().astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    with one_moment():
        with gzip.open(folder / ROWS, "wt", encoding="utf-8", compresslevel=6) as rows:
            stock: Stock = take_stock(
                keys()[names[0]], take=lambda line: print(line, file=rows)
            )
        migrations = our_migrations()
        audit = _end_of_journal(say)
    (folder / FILES).mkdir(mode=FOLDER_MODE)
    missing = copy_out(stock.files, folder / FILES)
    for name in missing:
        say(f"missing: {name}")
    manifest = Manifest(
        made_at=made_at,
        engine=connection.vendor,
        migrations=migrations,
        keys=names,
        audit=audit,
        tables=stock.tables,
        files=len(stock.files) - len(missing),
        missing=missing,
        sums=write_sums(folder),
    )
    write_manifest(folder, manifest)
    return manifest


def _end_of_journal(say: Callable[[str], None]) -> str:
    """A journal that was tampered with is a reason for a backup, not against it."""
    try:
        return str(verify_chain())
    except ChainBroken as problem:
        say(f"The journal is broken: {problem}")
        return ""


@contextmanager
def _alone(shelf: Path) -> Iterator[None]:
    """The lock ends with the process that holds it, however that ends."""
    with (shelf / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupUnderWay(f"Another backup into {shelf} is going on.") from None
        yield


def _finish(folder: Path) -> None:
    """For its owner alone, and on the disk before it gets its name: half a backup
    must not look like a whole one after a power cut."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
        _to_disk(path)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
