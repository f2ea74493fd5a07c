"""A shop in use: things done over and over, while the test changes something."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

MOST_THREADS = 8
PATIENCE_S = 120


class Load:
    """Does things over and over in threads, and keeps whatever goes wrong.

    Each thread has its own database connection, so the test needs
    `django_db(transaction=True)`.
    """

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._counts: dict[str, int] = {}
        self._is_over = threading.Event()
        self._threads = ThreadPoolExecutor(MOST_THREADS)

    def keep_doing(self, name: str, act: Callable[[], str]) -> None:
        """`act` answers with what went wrong, or ""."""
        self._counts[name] = 0
        self._threads.submit(self._run, name, act)

    def go_on(self, times: int = 2) -> None:
        """Come back when each thread has done its part so many times more."""
        wanted = {name: count + times for name, count in self._counts.items()}
        deadline = time.monotonic() + PATIENCE_S
        while any(self._counts[name] < count for name, count in wanted.items()):
            assert not self.problems, self.problems
            assert time.monotonic() < deadline, self._counts
            time.sleep(0.01)

    def end(self) -> None:
        self._is_over.set()
        self._threads.shutdown()

    def _run(self, name: str, act: Callable[[], str]) -> None:
        try:
            while not self._is_over.is_set():
                if problem := act():
                    self.problems.append(f"{name}: {problem}")
                self._counts[name] += 1
        except Exception as error:
            self.problems.append(f"{name}: {error!r}")
        finally:
            connection.close()
