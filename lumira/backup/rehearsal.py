"""Restore a backup where nobody uses it, to know that it can be."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings


def rehearse(folder: Path) -> str:
    """Restore it into a SQLite file and a storage that go away afterwards, beside the
    backup because there is room. What went wrong, in one line; "" if nothing did."""
    with tempfile.TemporaryDirectory(prefix=".rehearsal-", dir=folder.parent) as place:
        done = subprocess.run(  # noqa: S603 (our own program, no shell)
            [
                sys.executable,
                str(settings.BASE_DIR / "manage.py"),
                "restore",
                str(folder),
            ],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "lumira.settings",
                "DATABASE_URL": f"sqlite:///{place}/lumira.sqlite3",
                "MONGODB_URI": "",
                "MEDIA_URL_STORAGE": f"file://{place}/private",
            },
            capture_output=True,
            text=True,
        )
    if not done.returncode:
        return ""
    return (done.stderr.strip().splitlines() or ["no answer"])[-1]
