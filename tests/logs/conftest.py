import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from lumira.kit.log_context import begin
from lumira.kit.log_lines import formatter


class Lines(logging.Handler):
    """What an operator in production reads, line by line."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(formatter("json"))
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))

    def read(self, **facts: Any) -> list[dict[str, Any]]:
        """The lines that say all of this."""
        told = [json.loads(line) for line in self.written]
        return [line for line in told if facts.items() <= line.items()]

    def grep(self, text: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written if text in line]


@pytest.fixture
def lines() -> Iterator[Lines]:
    begin()  # Whatever a test before this one was about.
    heard = Lines()
    logging.getLogger().addHandler(heard)
    yield heard
    logging.getLogger().removeHandler(heard)
