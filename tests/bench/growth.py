"""Does what a payer and Stripe wait for stay as fast when the shop has grown?

A shop for each size, each on a database of its own, asked in turn: a machine has moods.
"""

import os
import statistics
import sys
from contextlib import ExitStack

from django.db import connection, connections

from lumira.settings.databases import database_from_url
from tests.bench.filling import Filling
from tests.bench.load import send_all
from tests.bench.scenarios import SCENARIOS, Scenario
from tests.bench.shop import product

GROWING = ("webhook: settle", "checkout: new order", "order status")
# From a size to milliseconds of a request, round by round.
Growth = dict[int, list[float]]


def measure_growth(
    databases: dict[int, str], *, requests: int, rounds: int
) -> dict[str, Growth]:
    """For each scenario that a million orders might slow down."""
    fillings = {size: _filled(size, database) for size, database in databases.items()}
    with ExitStack() as shops:
        ports = {
            size: shops.enter_context(
                product(
                    {
                        **os.environ,
                        "DATABASE_URL": database,
                        "METRICS_FOLDER": f"{os.environ['METRICS_FOLDER']}-{size}",
                    }
                )
            )[0]
            for size, database in databases.items()
        }
        return {
            scenario.name: _measure(scenario, fillings, ports, requests, rounds)
            for scenario in SCENARIOS
            if scenario.name in GROWING
        }


def _filled(size: int, database: str) -> Filling:
    """A database beside the default one, with so many orders."""
    alias = f"orders_{size}"
    parts = database_from_url(database)
    connections.settings[alias] = {**connections.settings["default"], **parts}
    filling = Filling(alias)
    filling.grow_to(size)
    return filling


def _measure(
    scenario: Scenario,
    fillings: dict[int, Filling],
    ports: dict[int, int],
    requests: int,
    rounds: int,
) -> Growth:
    """The first round is not counted."""
    number = int(requests * scenario.share)
    growth: Growth = {size: [] for size in fillings}
    for counted in range(rounds + 1):
        for size, filling in fillings.items():
            load = send_all(ports[size], scenario.product(filling, number, ports[size]))
            if scenario.pays:
                filling.assert_paid()
            if counted:
                growth[size].append(1000 / load.per_second)
    for size, times in growth.items():
        sys.stdout.write(
            f"{connection.vendor:10}  {size:>9,} orders: {scenario.name:20} "
            f"{statistics.median(times):.2f} ms ({min(times):.2f}–{max(times):.2f})\n"
        )
    sys.stdout.flush()
    return growth
