"""Do one thing many times at the same moment, each time in its own thread."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

R = TypeVar("R")


def at_once(count: int, act: Callable[[int], R]) -> list[R | Exception]:
    """Call `act(0)` … `act(count - 1)` together; the answers, or what was raised.

    Each thread has its own database connection, so the test needs
    `django_db(transaction=True)`.
    """
    gate = threading.Barrier(count)

    def run(number: int) -> R | Exception:
        try:
            gate.wait(timeout=10)
            return act(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))
