"""Has the oracles judge every test that used the session's sandbox."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.oracles.journal import heard_and_said
from tests.oracles.spoken import Spoken
from tests.oracles.verdict import objections
from tests.sandbox_process import SandboxProcess

_TESTS_OF_THE_SANDBOX = Path(__file__).parent.parent / "sandbox"
_MARKER = "after_all_others"
_SPOKEN = pytest.StashKey[Spoken]()


class OraclesObject(AssertionError):
    """A request, an answer or an event is not as Stripe's types have it."""


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_SPOKEN] = Spoken()
    config.addinivalue_line("markers", f"{_MARKER}: the test runs last")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what looks back on the whole run come last."""
    items.sort(key=lambda item: item.get_closest_marker(_MARKER) is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that passed, if it made or got what Stripe would not have."""
    result = yield
    sandbox = getattr(item, "funcargs", {}).get("sandbox_process")
    if isinstance(sandbox, SandboxProcess):
        calls, events = heard_and_said(sandbox)
        item.config.stash[_SPOKEN].listen(calls, events, where=item.nodeid)
        is_of_sandbox = item.path.is_relative_to(_TESTS_OF_THE_SANDBOX)
        found = objections(calls, events, to_refused_calls=not is_of_sandbox)
        if found:
            raise OraclesObject("\n".join(found))
    return result


@pytest.fixture
def spoken(pytestconfig: pytest.Config) -> Spoken:
    """What the sandbox has said so far in this run of tests."""
    return pytestconfig.stash[_SPOKEN]
