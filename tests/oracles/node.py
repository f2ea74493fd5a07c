"""Node programs for tests: what a folder's lock file pins, installed on first use."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

_INSTALL_TIMEOUT_S = 300


def installed(folder: Path) -> Path:
    """Return the folder's node_modules/.bin, with everything in it.

    Again: nothing, until the lock file changes. Where npm is missing the test is
    skipped; in CI (the environment says CI) it fails, so that no oracle goes silent.
    """
    lock_file = folder / "package-lock.json"
    marker = folder / "node_modules" / ".installed-for"
    wanted = lock_file.read_text()
    # Two test runs at once must not install over each other.
    with lock_file.open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not marker.exists() or marker.read_text() != wanted:
            _install(folder)
            marker.write_text(wanted)
    return folder / "node_modules" / ".bin"


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        problem = "npm is missing: install Node 20 or newer to run this oracle."
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    # No scripts: the CLI's own would download its program where npm has left it out.
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_INSTALL_TIMEOUT_S,
    )
    if done.returncode != 0:
        pytest.fail(f"npm ci in {folder.name} failed:\n{done.stdout}")
