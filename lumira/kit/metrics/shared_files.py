"""One folder in which the processes of a shop count, so that any of them can answer.

Each process writes its own files there. Whoever is asked for /metrics adds them up:
https://prometheus.github.io/client_python/multiprocess/

Only what runs on and on takes part. A command that ends would leave its numbers behind
for ever, or take them away again, and a counter must not fall.
"""

import logging
import os
from pathlib import Path
from tempfile import TemporaryFile

from django.core.exceptions import ImproperlyConfigured

# What the client library reads.
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# More than a process of ours writes there.
ROOM = 200_000
logger = logging.getLogger(__name__)


class _Role:
    """What this process is for the shop; its children inherit it."""

    name = ""


def share_as(role: str, folder: Path) -> None:
    """Take part as `role` (web, worker), from nothing. Before anything is counted.

    What an earlier run of this role left is deleted, and nothing of the other role:
    they are restarted one without the other. Raises ImproperlyConfigured.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob(f"*_{role}-*.db"):
            file.unlink(missing_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(f"METRICS_FOLDER: {problem}.") from problem
    if not os.access(folder, os.W_OK):
        raise ImproperlyConfigured(f"METRICS_FOLDER: {folder} cannot be written to.")
    os.environ[VARIABLE] = str(folder)
    _Role.name = role


def shared_folder() -> str:
    """Where the processes count; "" in one that counts for itself."""
    return os.environ[VARIABLE] if _Role.name else ""


def can_share() -> bool:
    """Whether this process can count where the others do.

    A folder that was deleted is made again. Without one, or with a full one, the
    process counts for itself: a worker that could not start would end the shop.
    """
    if not shared_folder():
        return False
    folder = Path(shared_folder())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The library maps its files into memory: where that finds no room any more,
        # the process is killed.
        with TemporaryFile(dir=folder, buffering=0) as probe:
            probe.write(bytes(ROOM))
    except OSError as problem:
        logger.error("METRICS_FOLDER: %s; counting alone", type(problem).__name__)
        return False
    return True


def name_of_process(pid: int | None = None) -> str:
    """Unlike any other's: web and worker may be containers, each with a process 7."""
    return f"{_Role.name}-{os.getpid() if pid is None else pid}"


def forget_process(pid: int) -> None:
    """It has ended: it is no living process any more. What it counted stays.

    The library's mark_process_dead, without the library: gunicorn's master calls it,
    and must not choose how its children count.
    """
    if folder := shared_folder():
        for file in Path(folder).glob(f"gauge_live*_{name_of_process(pid)}.db"):
            file.unlink(missing_ok=True)
