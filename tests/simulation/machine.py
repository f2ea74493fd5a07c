"""Everybody at once, in one shop."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe
from django.db import connections
from django.db.backends.signals import connection_created
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.simulation.clerks import Clerks
from tests.simulation.invariants import Invariants
from tests.simulation.latecomers import Latecomers
from tests.simulation.leavers import Leavers
from tests.simulation.periods import Periods
from tests.simulation.reckoning import Reckoning
from tests.simulation.subscribers import Subscribers


class Simulation(
    Subscribers, Clerks, Latecomers, Reckoning, Invariants, Periods, Leavers
):
    """One example is one day at the shop, and its evening's reckoning."""

    def teardown(self) -> None:
        if sys.exc_info()[0] is not None:
            return  # this example has failed already, or was given up
        self.settle()
        self.promises_hold()
        self.balance()
        self.periods_balance()


def simulate(
    machine: type[Simulation],
    *,
    examples: int,
    derandomize: bool = False,
    shorten: bool = False,
) -> None:
    """Run so many examples. Raises what the first broken promise raised, with the
    steps that lead to it; to `shorten` them takes minutes."""
    phases = [Phase.generate, Phase.shrink] if shorten else [Phase.generate]
    with _hurried_and_quiet():
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                phases=phases,
                stateful_step_count=40,
                derandomize=derandomize,
                database=None,
                deadline=None,
                print_blob=False,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )


@contextmanager
def _hurried_and_quiet() -> Iterator[None]:
    """No pause between the SDK's retries, no fsync, no log of thousands of alerts."""
    client: Any = stripe.HTTPClient
    usual = client.INITIAL_DELAY, client.MAX_DELAY
    client.INITIAL_DELAY, client.MAX_DELAY = 0.001, 0.002
    logging.disable(logging.CRITICAL)
    connection_created.connect(_skip_fsync)
    connections.close_all()
    try:
        yield
    finally:
        connection_created.disconnect(_skip_fsync)
        connections.close_all()
        client.INITIAL_DELAY, client.MAX_DELAY = usual
        logging.disable(logging.NOTSET)


def _skip_fsync(connection: Any, **_signal: Any) -> None:
    """Processes die here, machines do not: the kernel keeps what was written."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
