"""Count things when they happen, once they are saved."""

import logging
import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.db import transaction
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    multiprocess,
    values,
)
from prometheus_client.registry import Collector

from lumira.kit.metrics import shared_files

P = ParamSpec("P")
logger = logging.getLogger(__name__)

# Chosen here and not by the variable in the environment, which commands see too.
# Before the first counter is made: this module makes them all.
values.ValueClass = (
    values.MultiProcessValue(shared_files.name_of_process)  # type: ignore[no-untyped-call]
    if shared_files.can_share()
    else values.MutexValue
)
# When a counter began: the processes of a shop do not say it, so one alone does not.
disable_created_metrics()  # type: ignore[no-untyped-call]
# Not the library's own, which describes Python and the process besides.
_counted = CollectorRegistry()


def counter(name: str, help_text: str, *labels: str) -> Counter:
    """`name` without `_total`. The values of labels must be few and known before."""
    return Counter(name, help_text, labels, registry=_counted)


def histogram(
    name: str, help_text: str, *labels: str, buckets: tuple[float, ...]
) -> Histogram:
    return Histogram(name, help_text, labels, buckets=buckets, registry=_counted)


def living_processes(name: str, help_text: str) -> Gauge:
    """Each sets it to 1; who has ended is left out (shared_files.forget_process)."""
    return Gauge(name, help_text, multiprocess_mode="livesum", registry=_counted)


def harmless(tell: Callable[P, None]) -> Callable[P, None]:
    """Decorator: what is counted goes on, whatever becomes of its number.

    The folder the processes count in may be full or gone; money must not wait for it.
    """

    @wraps(tell)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            tell(*args, **kwargs)
        except Exception as error:  # whatever the library raises
            logger.warning("Not counted (%s): %s", tell.__name__, type(error).__name__)

    return told


def once_saved(count: Callable[[], None]) -> None:
    """Count when the transaction is committed; at once where there is none.

    One that is rolled back and run again is counted once. A counter that fails does
    not harm what was saved.
    """
    transaction.on_commit(count, robust=True)


def counted() -> Collector:
    """All that was counted: by every process that shares the folder, or by this one."""
    folder = shared_files.shared_folder()
    if folder and os.path.isdir(folder):
        return multiprocess.MultiProcessCollector(  # type: ignore[no-untyped-call]
            None, path=folder
        )
    return _counted
