"""`make simulate SECONDS=120`; `make simulate SEED=7 SHORTEN=1` to see a failure again.

Without SHORTEN the steps are those that were found, which is quick.
"""

import argparse
import os
import random
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.test.utils import (  # noqa: E402
    override_settings,
    setup_databases,
    setup_test_environment,
)
from hypothesis import seed as seeded  # noqa: E402

from tests.sandbox_process import start_sandbox  # noqa: E402
from tests.simulation.machine import Simulation, simulate  # noqa: E402

EXAMPLES_OF_A_SEED = 20


def main() -> int:
    """Run seed after seed until the time is over. 1 at the first broken promise."""
    asked = _arguments()
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    with start_sandbox() as Simulation.sandbox:
        address = Simulation.sandbox.url
        with override_settings(STRIPE_API_BASE=address):
            return _run_seeds(asked.seed, asked.seconds, shorten=asked.shorten)


def _run_seeds(first: int | None, seconds: float, *, shorten: bool) -> int:
    number = random.randrange(10**6) if first is None else first
    ends = time.monotonic() + seconds
    while True:
        started = time.monotonic()
        _say(f"seed {number} …")
        machine = seeded(number)(type("Simulation", (Simulation,), {}))
        try:
            simulate(machine, examples=EXAMPLES_OF_A_SEED, shorten=shorten)
        except BaseException:
            _say(f"Broken. Again: make simulate SEED={number}")
            raise
        _say(f"seed {number}: sound ({time.monotonic() - started:.0f} s)")
        if first is not None or time.monotonic() >= ends:
            return 0
        number += 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, help="run this one seed, then end")
    parser.add_argument(
        "--shorten", action="store_true", help="look for the fewest steps; minutes"
    )
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
