"""Has the oracles judge every test that used the session's sandbox."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.oracles.journal import heard_and_said
from tests.oracles.spoken import SPOKEN, Spoken
from tests.oracles.verdict import objections
from tests.sandbox_process import SandboxProcess

_TESTS_OF_THE_SANDBOX = Path(__file__).parent.parent / "sandbox"


class OraclesObject(AssertionError):
    """A request, an answer or an event is not as Stripe's types have it."""


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SPOKEN] = Spoken()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that passed, if it made or got what Stripe would not have."""
    result = yield
    sandbox = getattr(item, "funcargs", {}).get("sandbox_process")
    if isinstance(sandbox, SandboxProcess):
        calls, events = heard_and_said(sandbox)
        item.config.stash[SPOKEN].listen(calls, events, where=item.nodeid)
        is_of_sandbox = item.path.is_relative_to(_TESTS_OF_THE_SANDBOX)
        found = objections(calls, events, to_refused_calls=not is_of_sandbox)
        if found:
            raise OraclesObject("\n".join(found))
    return result
