"""Find a Chromium for the browser tests, or install one.

python tests/browser/chromium.py     prints its path
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# It must not call home; as root it needs --no-sandbox.
FLAGS = (
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
)


def find_chromium() -> str | None:
    """$CHROMIUM, one on PATH, or the one Playwright downloaded; else None."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install_chromium() -> str:
    """Debian's package when we are root and have apt, else Playwright's own build."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in ("apt-get -q update", "apt-get -q install -y chromium"):
            subprocess.run(command.split(), check=True, stdout=sys.stderr)
    else:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            check=True,
            stdout=sys.stderr,
        )
    found = find_chromium()
    if found is None:
        sys.exit("No Chromium: install one and set CHROMIUM to its path.")
    return found


if __name__ == "__main__":
    print(find_chromium() or install_chromium())  # noqa: T201
