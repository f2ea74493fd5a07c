"""How a line of the log looks: JSON for machines, columns for people."""

import json
import logging
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from structlog.dev import ConsoleRenderer

from lumira.kit.log_context import NOTHING, Known, known_facts
from lumira.kit.log_filter import without_secrets
from lumira.kit.tracebacks import described

Line = dict[str, Any]

# What a terminal acts upon, or takes for the end of a line.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
FORMATS = ("json", "console")

# json.dumps would make one for each line.
_json = json.JSONEncoder(ensure_ascii=False, default=str)
_columns = ConsoleRenderer(colors=False)


def formatter(style: str, *, quotes_errors: bool = False) -> logging.Formatter:
    """For handlers of `logging`. `quotes_errors` shows the texts of exceptions too:
    on one's own machine only, for they may quote data."""
    return LineFormatter(
        _as_columns if style == "console" else _as_json, quotes_errors=quotes_errors
    )


def unfiltered_formatter() -> logging.Formatter:
    """What was written, before anything is cut out of it: for the tests."""
    return LineFormatter(_as_json, quotes_errors=True, is_filtered=False)


class LineFormatter(logging.Formatter):
    """What every line has, what the log is about, and the traceback last."""

    def __init__(
        self,
        written: Callable[[Line], str],
        *,
        quotes_errors: bool,
        is_filtered: bool = True,
    ) -> None:
        super().__init__()
        self.written = written
        self.quotes_errors = quotes_errors
        self.is_filtered = is_filtered

    def format(self, record: logging.LogRecord) -> str:
        own = {
            "timestamp": _utc(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        # Of the moment that it was told: it may have been held since.
        known = getattr(record, "known_facts", None)
        known = known_facts() if known is None else known
        if self.is_filtered:
            own, known = without_secrets(own), _filtered(known)
        # Twice: it stands first, and no fact can take its place.
        line: Line = {**own, **known, **own}
        if record.stack_info:
            line["stack_info"] = self._shown(record.stack_info)
        if record.exc_info and (error := record.exc_info[1]) is not None:
            quoted = self.quotes_errors
            line["exception"] = self._shown(
                self.formatException(record.exc_info) if quoted else described(error)
            )
        return self.written(line)

    def _shown(self, text: str) -> Any:
        return without_secrets(text) if self.is_filtered else text


class _Last(threading.local):
    """What this thread's lines were about last, and what is shown of it."""

    known: Known = NOTHING
    shown: Known = NOTHING


_last = _Last()


def _filtered(known: Known) -> Known:
    """Several lines in a row are about the same; facts are never changed in place."""
    if _last.known is not known:
        _last.known, _last.shown = known, without_secrets(known)
    return _last.shown


def _as_json(line: Line) -> str:
    return _json.encode(line)


def _as_columns(line: Line) -> str:
    """A path or a name that a stranger chose must not look like another line. In JSON
    it cannot."""
    for name, value in line.items():
        if isinstance(value, str) and name != "exception":
            line[name] = CONTROLS.sub(_escaped, value)
    return str(_columns(None, "", line))


def _escaped(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]


def _utc(seconds: float) -> str:
    told = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
    return told.replace("+00:00", "Z")
