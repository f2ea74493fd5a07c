"""A part that cannot be measured takes away nothing but itself."""

from collections.abc import Iterable

from django.db import DatabaseError
from prometheus_client.core import Metric

from lumira.kit.metrics.measuring import Measured, gauge


def healthy() -> Iterable[Metric]:
    yield gauge("lumira_healthy", "x", 1)


def broken() -> Iterable[Metric]:
    yield gauge("lumira_broken", "x", 1)
    raise DatabaseError("a row with somebody's name")


def test_a_broken_part_is_said_and_the_others_stand() -> None:
    measured = Measured({"broken": broken, "healthy": healthy})

    found = {
        (sample.name, *sample.labels.values()): sample.value
        for metric in measured.collect()
        for sample in metric.samples
    }

    assert found == {
        ("lumira_healthy",): 1,
        ("lumira_measured", "broken"): 0,
        ("lumira_measured", "healthy"): 1,
    }
