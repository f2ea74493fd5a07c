"""At the end of a run that checks types: does all that was said in it fit them?

Under pytest-xdist each process tells what it heard, and the first one judges.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.oracles.spoken import SPOKEN, Spoken
from tests.oracles.type_check import type_problems

_ASKED_BY = Path(__file__).with_name("test_node_types.py")
_IS_ASKED = pytest.StashKey[bool]()
_PROBLEMS = pytest.StashKey[str]()


def problems_of(spoken: Spoken, folder: Path) -> str:
    """What tsc has against these bodies, a line each."""
    return "\n".join(
        f"{spoken.places[place]}: {spoken.constants[place][0]}: {problem}"
        for place, problem in type_problems(spoken.constants, folder)
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_IS_ASKED] = False
    config.stash[_PROBLEMS] = ""


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    config.stash[_IS_ASKED] = any(item.path == _ASKED_BY for item in items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """One of xdist's processes has ended."""
    told = getattr(node, "workeroutput", {}).get("spoken")
    if told is not None:
        node.config.stash[SPOKEN].add(json.loads(told))
        node.config.stash[_IS_ASKED] = True


def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    if not config.stash[_IS_ASKED]:
        return
    spoken = config.stash[SPOKEN]
    if hasattr(config, "workeroutput"):
        config.workeroutput["spoken"] = json.dumps(spoken.told)
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            problems = problems_of(spoken, Path(folder))
        except pytest.skip.Exception:  # no npm: the tests of types say so
            return
    config.stash[_PROBLEMS] = problems
    if problems and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if problems := config.stash[_PROBLEMS]:
        terminalreporter.section(
            "Said in this run, and not as Stripe's types", red=True
        )
        terminalreporter.line(problems)
