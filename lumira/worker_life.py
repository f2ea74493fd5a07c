"""Is a worker there? It leaves a sign of life in the queue, every minute.

In the queue and not in the database: so it is the worker of the very queue that this
web process puts its tasks into, and a wrong QUEUE_FILE or REDIS_URL is seen.
"""

import time
from collections.abc import Iterable

from huey.contrib.djhuey import HUEY
from prometheus_client.core import Metric

from lumira.kit.metrics.measuring import gauge

SEEN = "lumira.worker.seen"
BEGAN = "lumira.worker.began"


def begin_life() -> None:
    """Note that a worker has started. The last of several counts."""
    HUEY.put(BEGAN, time.time())
    show_life()


def show_life() -> None:
    """Note that a worker is at work now. A repeat notes it again."""
    HUEY.put(SEEN, time.time())


def has_worked_for(seconds: float, *, at: float) -> bool:
    """Whether the worker had so much time. False soon after a start: all is late then.

    True where no start was noted. Raises whatever the queue's storage raises.
    """
    began: float | None = HUEY.get(BEGAN, peek=True)
    return began is None or at - began >= seconds


def last_seen() -> float | None:
    """When a worker was last at work, in seconds since 1970. None: never.

    Raises whatever the queue's storage raises.
    """
    seen: float | None = HUEY.get(SEEN, peek=True)
    return seen


def measure_queue() -> Iterable[Metric]:
    """A queue that cannot be read has no lines here; /readyz says that it is away."""
    try:
        waiting, later = HUEY.pending_count(), HUEY.scheduled_count()
        seen = last_seen()
    except Exception:  # whatever the storage raises
        waiting = later = seen = None
    yield gauge(
        "lumira_queue_tasks_waiting", "Tasks that no worker has taken yet.", waiting
    )
    yield gauge(
        "lumira_queue_tasks_later", "Tasks that are to be done at a later time.", later
    )
    yield gauge(
        "lumira_worker_last_seen_timestamp_seconds",
        "When a worker of this queue last gave a sign of life.",
        seen,
    )
