"""The plugin fails the test that made Stripe's types object, and no other."""

import os
import subprocess
import sys

import pytest

from tests.sandbox_process import PROJECT

_TESTS = '''
"""A small run of tests of its own."""

import stripe
import pytest
from tests.sandbox_process import SECRET_KEY, start_sandbox

INTENT = {"amount": 7900, "currency": "eur"}


@pytest.fixture(scope="session")
def sandbox_process():
    with start_sandbox() as process:
        yield process


@pytest.fixture
def sandbox(sandbox_process):
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture
def intents(sandbox):
    client = stripe.StripeClient(SECRET_KEY, base_addresses={"api": sandbox.url})
    return client.v1.payment_intents


def test_a_right_call(intents):
    intents.create(INTENT)


def test_a_wrong_call_that_nobody_looked_at(intents):
    try:
        intents.create({**INTENT, "payment_method_types": ["card"]})
    except stripe.InvalidRequestError:
        pass


def test_a_call_that_was_never_read(intents, sandbox):
    sandbox.fault("503", route="POST /v1/payment_intents")
    try:
        intents.create({"nonsense": "7"})
    except stripe.APIError:
        pass


def spoilt(made):
    return {name: made[name] for name in made if name != "amount"}


def test_a_wrong_event_by_hand(intents, sandbox):
    made = spoilt(intents.create(INTENT).to_dict(for_json=True))
    sandbox.control("POST", "events", type="payment_intent.created", object=made)


def test_a_wrong_event(intents, sandbox):
    made = spoilt(intents.create(INTENT).to_dict(for_json=True))
    sandbox.control("POST", "events", type="payment_intent.created", object=made)
    # As if the sandbox had come to it by itself.
    sandbox.made_by_hand.clear()


def test_something_without_the_sandbox():
    pass


def test_a_test_that_fails_on_its_own(intents):
    intents.create(INTENT)
    assert False, "its own reason"
'''


def test_it_judges_this_very_run(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("tests.oracles.plugin")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest prints about a run of those tests with the plugin."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "test_run.py").write_text(_TESTS)
    flags = ["-p", "no:django", "-p", "tests.oracles.plugin", "-p", "no:cacheprovider"]
    where = ["-c", "/dev/null", "--rootdir", str(folder), str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "--tb=short", *flags, *where],
        cwd=PROJECT,
        env={**os.environ, "COLUMNS": "300"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout


def line_on(report: str, name: str) -> str:
    """The line in which the report sums this test up."""
    [line] = [
        line
        for line in report.splitlines()
        if line.startswith(("PASSED", "FAILED", "ERROR")) and f"::{name}" in line
    ]
    return line


@pytest.mark.parametrize(
    "name",
    [
        "test_a_right_call",
        "test_a_call_that_was_never_read",
        "test_a_wrong_event_by_hand",
        "test_something_without_the_sandbox",
    ],
)
def test_a_test_without_lies_passes(report: str, name: str) -> None:
    assert line_on(report, name).startswith("PASSED")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("test_a_wrong_call_that_nobody_looked_at", "payment_method_types: Extra"),
        ("test_a_wrong_event ", "payment_intent.amount: missing"),
    ],
)
def test_a_test_that_made_them_object_fails(
    report: str, name: str, reason: str
) -> None:
    line = line_on(report, name)

    assert line.startswith("FAILED")
    assert "OraclesObject" in line
    assert reason in report


def test_a_test_that_fails_on_its_own_keeps_its_reason(report: str) -> None:
    line = line_on(report, "test_a_test_that_fails_on_its_own")

    assert line.startswith("FAILED")
    assert "its own reason" in line
