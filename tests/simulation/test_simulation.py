"""A few days at the shop, the same in every run. `make simulate` runs longer ones."""

import pytest
from pytest_django import Settings

from tests.sandbox_process import SandboxProcess
from tests.simulation.machine import Simulation, simulate

EXAMPLES = 8


@pytest.mark.django_db(transaction=True)
def test_no_promise_about_money_is_ever_broken(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    # Its customers are all of one network, and tireless.
    settings.LIMITS_ON = False
    Simulation.sandbox = sandbox

    simulate(Simulation, examples=EXAMPLES, derandomize=True)
