"""One engine's scenarios, growth and weight: product and floor in turn, block by block.

Run by `python -m tests.bench`, in an environment that names the small database.
"""

import argparse
import gc
import json
import os
import statistics
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from lumira.settings.databases import SQLITE_INIT  # noqa: E402
from tests.bench.filling import Filling  # noqa: E402
from tests.bench.growth import measure_growth  # noqa: E402
from tests.bench.load import send_all  # noqa: E402
from tests.bench.scenarios import SCENARIOS, Scenario  # noqa: E402
from tests.bench.shop import floor, product  # noqa: E402
from tests.bench.weight import weigh  # noqa: E402

SMALL = 1_000
Figures = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--requests", type=int, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--sizes", nargs="*", default=[], metavar="ORDERS=DATABASE")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    filling = Filling()
    filling.grow_to(SMALL)
    call_command("collectstatic", interactive=False, verbosity=0)
    figures: Figures = {"scenarios": {}}
    with product(os.environ) as (product_port, _pid):
        # The floor copies rows: there has to be one of each.
        settle = SCENARIOS[0]
        send_all(product_port, settle.product(filling, 8, product_port))
        with floor(os.environ, SQLITE_INIT) as floor_port:
            for scenario in SCENARIOS:
                if options.only in scenario.name:
                    figures["scenarios"][scenario.name] = _measure(
                        scenario,
                        filling,
                        ports=(product_port, floor_port),
                        rounds=options.rounds,
                        requests=int(options.requests * scenario.share),
                    )
    if options.sizes:
        figures["weight"] = asdict(weigh(os.environ, filling))
        by_size = dict(size.split("=", 1) for size in options.sizes)
        figures["growth"] = measure_growth(
            {int(size): database for size, database in by_size.items()},
            requests=options.requests // 2,
            rounds=options.rounds,
        )
    options.out.write_text(json.dumps(figures))


def _measure(
    scenario: Scenario,
    filling: Filling,
    *,
    ports: tuple[int, int],
    rounds: int,
    requests: int,
) -> Figures:
    """Requests a second of both, a figure for each round; the first is not counted."""
    both = (("product", scenario.product), ("floor", scenario.floor))
    figures: dict[str, list[float]] = {"product": [], "floor": []}
    for number in range(rounds + 1):
        for (name, make), port in zip(both, ports, strict=True):
            made = make(filling, requests if number else max(40, requests // 10), port)
            gc.collect()
            load = send_all(
                port, made, status=scenario.status if name == "product" else 200
            )
            if scenario.pays:
                filling.assert_paid()
            if number:
                figures[name].append(load.per_second)
    ratios = [
        ours / theirs
        for ours, theirs in zip(figures["product"], figures["floor"], strict=True)
    ]
    line = (
        f"{scenario.name:22} {statistics.median(figures['product']):6.0f}/s "
        f"of {statistics.median(figures['floor']):6.0f}/s  "
        f"{statistics.median(ratios):5.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    )
    target = "" if scenario.target is None else f"  wanted {scenario.target:.1f}"
    sys.stdout.write(f"{connection.vendor:10}  {line}{target}\n")
    sys.stdout.flush()
    return {**figures, "ratios": ratios, "target": scenario.target}


if __name__ == "__main__":
    main()
