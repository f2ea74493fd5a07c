"""Start the shop with a given environment, as an operator does."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

# Everything production asks for.
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "a-long-random-secret-of-this-shop-and-of-no-other-one",
    "SITE_URL": "https://lumira.example",
    "ALLOWED_HOSTS": "lumira.example",
    "STRIPE_SECRET_KEY": "rk_live_51Hxxxxxxxxxxxxxxxxxx",
    "STRIPE_PUBLISHABLE_KEY": "pk_live_51Hxxxxxxxxxxxxxxxxxx",
    "STRIPE_WEBHOOK_SECRET": "whsec_xxxxxxxxxxxxxxxxxxxxxxxx",
    "ENCRYPTION_KEY": "bHVtaXJhLWx1bWlyYS1sdW1pcmEtbHVtaXJhLWx1bWk=",
    "DEFAULT_FROM_EMAIL": "bonjour@lumira.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
}
OPTIONAL = [
    "ALERT_COOLDOWN_MINUTES",
    "ALERT_WEBHOOK_URL",
    "DATABASE_URL",
    "DEBUG",
    "DISPUTE_LAST_CALL_HOURS",
    "FAILURE_RATE_MIN_COUNT",
    "FAILURE_RATE_THRESHOLD",
    "HSTS",
    "MAX_AMOUNT_THRESHOLD",
    "MEDIA_URL_STORAGE",
    "MONGODB_URI",
    "MONITORING_WINDOW_MINUTES",
    "PORT",
    "QUEUE_BACKLOG_THRESHOLD",
    "REDIS_URL",
    "SANDBOX_PORT",
    "STRIPE_API_BASE",
    "STRIPE_JS_URL",
    "SUPPORT_EMAIL",
    "TRUSTED_PROXY_COUNT",
    "WEBHOOK_SILENCE_MINUTES",
    "WEB_CONCURRENCY",
    "WEB_THREADS",
]


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """These variables and no others of ours: a developer's .env answers for none."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    # Empty counts as missing, and hides what .env says.
    empty = dict.fromkeys([*PRODUCTION, *OPTIONAL], "")
    own = {"QUEUE_FILE": f"{folder}/queue", "DATABASE_URL": f"sqlite:///{folder}/db"}
    return kept | empty | own | variables


def run(folder: Path, code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in the project."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=60,
    )


@dataclass(frozen=True)
class Started:
    returncode: int
    output: str


class Starter:
    """Runs `manage.py check` as often as asked, in one process that forks."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder

    def check(self, **variables: str) -> Started:
        assert self._process.stdin
        assert self._process.stdout
        wanted = json.dumps(environment(self._folder, **variables))
        self._process.stdin.write(wanted + "\n")
        self._process.stdin.flush()
        return Started(**json.loads(self._process.stdout.readline()))


@contextmanager
def starter(folder: Path) -> Iterator[Starter]:
    command = [sys.executable, "-m", "tests.lumira.starter"]
    with subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Starter(process, folder)
