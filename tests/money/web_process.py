"""The shop's web process as it runs in production, to be killed by tests."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from tests.conftest import WEBHOOK_SECRET

BANNER = "ready to be killed"
ACTED = "[payments.webhooks.inbox]"
PATIENCE_S = 60


class WebProcess:
    """gunicorn on this port, with this Stripe, on the test's database or another."""

    def __init__(
        self, *, port: int, stripe_url: str, database_url: str = "", **variables: str
    ) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.webhook_url = f"{self.url}/api/payments/webhook"
        self._environment = {
            **os.environ,
            "ENVIRONMENT": "test",
            "PORT": str(port),
            "DATABASE_URL": database_url or database_of_the_test(),
            "STRIPE_API_BASE": stripe_url,
            "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "EMAIL_URL": "dummymail://",
            "WEB_CONCURRENCY": "1",
            "LUMIRA_BANNER": BANNER,
            "LOG_LEVEL": "INFO",
            **variables,
        }
        self._environment.pop("DJANGO_SETTINGS_MODULE", None)
        self._process: subprocess.Popen[str] | None = None
        self._lines: list[str] = []
        self._said = threading.Condition()

    def __enter__(self) -> "WebProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Come back once it accepts connections."""
        self._lines.clear()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"],
            cwd=settings.BASE_DIR,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # a group of its own, to be killed as one
        )
        self._listener = threading.Thread(target=self._listen, args=[self._process])
        self._listener.start()
        self._wait_for(BANNER, 1)

    def manage(self, *words: str) -> str:
        """What `manage.py` says beside it. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=self._environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def wait_until_acted(self, count: int) -> None:
        """Come back once it has acted on this many events since its start."""
        self._wait_for(ACTED, count)

    def kill(self) -> None:
        """kill -9, the master and its workers, whatever they are at. Again: nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):  # it has ended as it was asked to
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._listener.join()

    def ask_to_end(self) -> "subprocess.Popen[str]":
        """SIGTERM, as when a service is stopped; the process, to be waited for."""
        assert self._process is not None
        self._process.terminate()
        return self._process

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        with process.stdout as output:
            for line in output:
                with self._said:
                    self._lines.append(line)
                    self._said.notify_all()

    def _wait_for(self, text: str, count: int) -> None:
        def is_said() -> bool:
            return sum(text in line for line in self._lines) >= count

        with self._said:
            if not self._said.wait_for(is_said, PATIENCE_S):
                raise TimeoutError("".join(self._lines[-20:]))


def database_of_the_test() -> str:
    """The address of the database that the test's own connection uses."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    address = f"{parts.scheme}://{parts.netloc}/{connection.settings_dict['NAME']}"
    return f"{address}?{parts.query}" if parts.query else address
