"""`make simulate SECONDS=120`; `make simulate SEED=7 SHORTEN=1` to see a failure again.

Without SHORTEN the steps are those that were found, which is quick. What decides
whether a change lands names its seeds (SEED=1 SEEDS=3): a gate says the same of the
same code. New seeds are looked for beside it.
"""

import argparse
import itertools
import os
import random
import sys
import time
from collections.abc import Iterator

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
    """Run the seeds that are asked for. Ends with the first broken promise's error."""
    asked = _arguments()
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    with start_sandbox() as Simulation.sandbox:
        address = Simulation.sandbox.url
        with override_settings(STRIPE_API_BASE=address, LIMITS_ON=False):
            for number in _seeds(asked):
                _run_seed(number, shorten=asked.shorten)
    return 0


def _seeds(asked: argparse.Namespace) -> Iterator[int]:
    """Those that are named, or new ones until the time is over."""
    if asked.seed is not None:
        yield from range(asked.seed, asked.seed + asked.seeds)
        return
    ends = time.monotonic() + asked.seconds
    for number in itertools.count(random.randrange(10**6)):
        yield number
        if time.monotonic() >= ends:
            return


def _run_seed(number: int, *, shorten: bool) -> None:
    started = time.monotonic()
    _say(f"seed {number} …")
    machine = seeded(number)(type("Simulation", (Simulation,), {}))
    try:
        simulate(machine, examples=EXAMPLES_OF_A_SEED, shorten=shorten)
    except BaseException:
        _say(f"Broken. Again: make simulate SEED={number}")
        raise
    _say(f"seed {number}: sound ({time.monotonic() - started:.0f} s)")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, help="begin with this seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many from --seed on")
    parser.add_argument(
        "--shorten", action="store_true", help="look for the fewest steps; minutes"
    )
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
