"""Files: what browsers load, what customers sent, and room for more."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import FileSystemStorage, storages

from payments.doctor.finding import Finding, ok, warning, wrong

# Any page needs this one.
A_STATIC_FILE = "css/tokens.css"
GIGABYTE = 1_000_000_000
LITTLE, TOO_LITTLE = GIGABYTE, GIGABYTE // 5


def check_static_files() -> Iterator[Finding]:
    if settings.WHITENOISE_USE_FINDERS:
        yield ok("static files", "served from where they are written")
        return
    try:
        name = staticfiles_storage.url(A_STATIC_FILE).rpartition("/")[2]
        found = any(Path(settings.STATIC_ROOT).rglob(name))
    except ValueError:  # not in the manifest
        found = False
    if found:
        yield ok("static files", "collected")
    else:
        yield wrong(
            "static files",
            "are not collected: pages come without style, or not at all",
            "run `manage.py collectstatic` (`make serve` does).",
        )


def check_private_storage() -> Iterator[Finding]:
    """Nothing is written, so a bucket is only asked whether it answers."""
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        storage.exists("doctor")
        yield ok("uploads", "the storage answers; writing was not tried")
        return
    folder = _nearest(Path(storage.location))
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        yield ok("uploads", "the folder can be written to")
    else:
        yield wrong(
            "uploads",
            f"{folder} cannot be written to: customers cannot send pictures",
            "give the folder to the user that the web runs as.",
        )


def check_disk() -> Iterator[Finding]:
    """Where the shop writes; each disk once."""
    disks = {folder.stat().st_dev: folder for folder in _written_folders()}
    for folder in disks.values():
        yield about_room(folder, shutil.disk_usage(folder).free)


def about_room(folder: Path, free: int) -> Finding:
    what = f"{free / GIGABYTE:.1f} GB free at {folder}"
    mend = "make room: a full disk stops payments from being written down."
    if free < TOO_LITTLE:
        return wrong("disk", what, mend)
    return warning("disk", what, mend) if free < LITTLE else ok("disk", what)


def _written_folders() -> Iterator[Path]:
    yield _nearest(Path(settings.BASE_DIR))
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        yield _nearest(Path(database["NAME"]).parent)
    queue: dict[str, Any] = settings.HUEY
    if "filename" in queue["connection"]:
        yield _nearest(Path(queue["connection"]["filename"]).parent)
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        yield _nearest(Path(storage.location))


def _nearest(folder: Path) -> Path:
    """The folder, or where it will be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder
