"""Measure things when Prometheus asks: what stands in the database and in the queue."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping

from django.db import DatabaseError
from prometheus_client.core import GaugeMetricFamily, Metric

logger = logging.getLogger(__name__)

# Asks a few cheap questions and answers with gauges.
Measure = Callable[[], Iterable[Metric]]
PATIENCE_S = 5.0


def gauge(name: str, help_text: str, value: float | None) -> GaugeMetricFamily:
    """One number. None when there is none: then the gauge has no line."""
    family = GaugeMetricFamily(name, help_text)
    if value is not None:
        family.add_metric([], value)
    return family


def gauges(
    name: str,
    help_text: str,
    labels: tuple[str, ...],
    found: Mapping[tuple[str, ...], float],
) -> GaugeMetricFamily:
    """A number for each value of the labels, which must be few."""
    family = GaugeMetricFamily(name, help_text, labels=labels)
    for values, number in found.items():
        family.add_metric(values, number)
    return family


class Measured:
    """All measures together. What was found is good for `cache_s` seconds.

    A database that does not answer is said by `lumira_measured`, one line for each
    measure, and takes away its own gauges only.
    """

    def __init__(self, measures: Mapping[str, Measure]) -> None:
        self._measures = measures
        self._lock = threading.Lock()
        self._found: list[Metric] = []
        self._found_at = 0.0

    def collect(self, *, cache_s: float = 0) -> list[Metric]:
        # Scrapes that pile up behind a slow database get what was found last.
        if not self._lock.acquire(timeout=PATIENCE_S):
            return self._found
        try:
            if not self._found or time.monotonic() - self._found_at >= cache_s:
                self._found = list(self._look())
                self._found_at = time.monotonic()
            return self._found
        finally:
            self._lock.release()

    def _look(self) -> Iterable[Metric]:
        worked: dict[tuple[str, ...], float] = {}
        for name, measure in self._measures.items():
            try:
                found = list(measure())
            except DatabaseError as error:
                # Not its text: an error of the database quotes rows.
                logger.error("Could not measure %s: %s", name, type(error).__name__)
                worked[(name,)] = 0
            else:
                worked[(name,)] = 1
                yield from found
        yield gauges(
            "lumira_measured",
            "1 if the gauges of this part could be measured, else 0.",
            ("part",),
            worked,
        )
