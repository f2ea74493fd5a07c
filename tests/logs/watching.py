"""Reads every line that any test has logged, before the filter, for what must not be
there: the run fails at its end if there was one.

What the factories and the forms of the tests say of people is listed here; addresses,
secrets and cards are known by their look.
"""

import logging
import os
import re
from typing import Any

import pytest

from lumira.kit.log_lines import unfiltered_formatter

# At DEBUG too: an operator may set LOG_LEVEL=DEBUG. Others write lines of their own
# machinery there, factories among them.
HEARD_AT_DEBUG = ("django", "lumira", "orders", "payments")
NEVER = re.compile(
    "|".join(
        (
            r"[\w.+-]+@[\w-]+\.[\w.-]+",  # an address, whoever's
            r"Alice|Martin\b|Dupont|Bruno Keller|Zoé|Basile Absent",
            r"Brême|1990-02-28|6 12 34 56 78|Dois-je partir|poste à l.étranger",
            r"(?:sk|rk)_(?:test|live)_\w+",
            r"whsec_\w+",
            r"_secret_\w+",
            r"\b\w{32}:\w{6}:[\w-]{27,}",  # a signed link
            r"gAAAAA[\w-]{20,}",  # an encrypted answer
            r"4242 ?4242 ?4242 ?4242|4000 ?0000 ?0000 ?\d{4}",
            r"correct horse|lumira-demo-key",
        )
    )
)
_EARS = pytest.StashKey["Ears"]()


class Ears(logging.Handler):
    """Keeps what it should not have heard: the test, and the line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(unfiltered_formatter())
        self.heard = 0
        self.shocked: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += 1
        line = self.format(record)
        if found := NEVER.search(line):
            where = os.environ.get("PYTEST_CURRENT_TEST", "between tests")
            self.shocked.setdefault(f"{where}: {found[0]!r}", line)


def pytest_configure(config: pytest.Config) -> None:
    ears = config.stash[_EARS] = Ears()
    logging.getLogger().addHandler(ears)
    for name in HEARD_AT_DEBUG:
        logging.getLogger(name).setLevel(logging.DEBUG)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """One of pytest-xdist's processes has ended: what it heard, the first one tells."""
    told = getattr(node, "workeroutput", {}).get("shocked", {})
    node.config.stash[_EARS].shocked |= told


def pytest_sessionfinish(session: pytest.Session) -> None:
    shocked = session.config.stash[_EARS].shocked
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["shocked"] = shocked
    if shocked and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    ears = config.stash[_EARS]
    if not ears.shocked:
        return
    terminalreporter.section("Personal data or secrets in the log", red=True)
    for where, line in ears.shocked.items():
        terminalreporter.line(f"{where}\n    {line[:1500]}\n")


def pytest_unconfigure(config: pytest.Config) -> None:
    logging.getLogger().removeHandler(config.stash[_EARS])
