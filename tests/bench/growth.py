"""Does what a payer and Stripe wait for stay as fast when the shop has grown?

Minutes lie between the sizes, and a machine has moods: each figure is divided by that
of an address that touches no table, asked in turn with it.
"""

import statistics
import sys

from django.db import connection

from tests.bench.filling import Filling
from tests.bench.load import request, send_all
from tests.bench.scenarios import SCENARIOS

GROWING = ("webhook: settle", "checkout: new order", "order status")
_ROUNDS = 5


def measure_growth(
    filling: Filling, port: int, sizes: list[int], requests: int
) -> dict[str, dict[int, float]]:
    """Time of a request, in times of one that needs no database, for each size."""
    figures: dict[str, dict[int, float]] = {name: {} for name in GROWING}
    for size in sizes:
        filling.grow_to(size)
        if connection.vendor != "mongodb":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        for scenario in SCENARIOS:
            if scenario.name in GROWING:
                times = [
                    _one(filling, port, scenario.product(filling, requests, port))
                    for _ in range(_ROUNDS + 1)
                ]
                figures[scenario.name][size] = statistics.median(times[1:])
                sys.stdout.write(
                    f"{connection.vendor:10}  {size:>9,} orders: {scenario.name:20} "
                    f"{figures[scenario.name][size]:.2f}\n"
                )
                sys.stdout.flush()
    return figures


def _one(filling: Filling, port: int, requests: list[bytes]) -> float:
    idle = send_all(port, [request("GET", "/healthz", {})] * len(requests))
    busy = send_all(port, requests)
    return idle.per_second / busy.per_second
