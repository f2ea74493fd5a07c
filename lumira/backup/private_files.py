"""Customers' pictures and experts' recordings, out of their storage and back."""

import shutil
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage

from lumira.backup.manifest import MANIFEST, SUMS, BadBackup

CHUNK = 1 << 20


class FileInTheWay(BadBackup):
    """The storage has another file of that name."""


def copy_out(names: Iterable[str], folder: Path) -> list[str]:
    """Copy these files into the folder. Returns those that are not there any more:
    somebody was forgotten since the rows were read."""
    missing = []
    for name in sorted(names):
        target = _inside(folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
            missing.append(name)
    return missing


def check_room(folder: Path) -> None:
    """Raises FileInTheWay if the storage has another content under one of the names."""
    for name, path in _files_in(folder):
        if default_storage.exists(name):
            with default_storage.open(name) as there, path.open("rb") as here:
                if _digest(there) != _digest(here):
                    raise FileInTheWay(
                        f"The private storage has another {name}; empty it first."
                    )


def copy_in(folder: Path) -> int:
    """Put every file of the folder into the storage; how many. A repeat is harmless."""
    count = 0
    for name, path in _files_in(folder):
        if not default_storage.exists(name):
            with path.open("rb") as source:
                default_storage.save(name, File(source))
        count += 1
    return count


def write_sums(folder: Path) -> str:
    """List every file with its digest, for `sha256sum --check`; the list's digest."""
    lines = []
    for name, path in _files_in(folder):
        with path.open("rb") as file:
            lines.append(f"{_digest(file)}  {name}\n")
    text = "".join(lines)
    (folder / SUMS).write_text(text)
    return sha256(text.encode()).hexdigest()


def check_sums(folder: Path, expected: str) -> None:
    """Raises BadBackup if a file was changed, added or is gone."""
    try:
        text = (folder / SUMS).read_text()
    except OSError:
        raise BadBackup(f"{SUMS} is gone.") from None
    if sha256(text.encode()).hexdigest() != expected:
        raise BadBackup(f"{SUMS} was changed after it was written.")
    listed = {MANIFEST, SUMS}
    for line in text.splitlines():
        digest, _, name = line.partition("  ")
        listed.add(name)
        try:
            with _inside(folder, name).open("rb") as file:
                if _digest(file) != digest:
                    raise BadBackup(f"{name} was changed after it was written.")
        except OSError:
            raise BadBackup(f"{name} is gone.") from None
    for name, _path in _files_in(folder):
        if name not in listed:
            raise BadBackup(f"{name} was added after it was written.")


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadBackup(f"{name} would be outside of the folder.")
    return path


def _files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """By their names from that folder on, sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _digest(file: IO[Any] | File[Any]) -> str:
    whole = sha256()
    while part := file.read(CHUNK):
        whole.update(part)
    return whole.hexdigest()
