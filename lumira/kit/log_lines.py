"""How a line of the log looks: JSON for machines, columns for people."""

import logging
import re
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor

from lumira.kit.log_filter import without_secrets
from lumira.kit.tracebacks import described

# What a terminal acts upon, or takes for the end of a line.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
FORMATS = ("json", "console")


def formatter(style: str, *, quotes_errors: bool = False) -> logging.Formatter:
    """For handlers of `logging`. `quotes_errors` shows the texts of exceptions too:
    on one's own machine only, for they may quote data."""
    return _formatter(
        [
            structlog.processors.format_exc_info if quotes_errors else _describe_error,
            _cut_secrets,
        ],
        *_ending(style),
    )


def unfiltered_formatter() -> logging.Formatter:
    """What was written, before anything is cut out of it: for the tests."""
    return _formatter([structlog.processors.format_exc_info], *_ending("json"))


def _formatter(treated: list[Processor], *ending: Processor) -> logging.Formatter:
    return ProcessorFormatter(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *treated,
            ProcessorFormatter.remove_processors_meta,
            *ending,
        ]
    )


def _ending(style: str) -> list[Processor]:
    if style == "console":
        return [_one_line, structlog.dev.ConsoleRenderer(colors=False)]
    return [
        _in_reading_order,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]


def _one_line(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """A path or a name that a stranger chose must not look like another line. In JSON
    it cannot."""
    for name, value in line.items():
        if isinstance(value, str) and name != "exception":
            line[name] = CONTROLS.sub(_escaped, value)
    return line


def _escaped(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]


def _in_reading_order(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """What every line has comes first, its traceback last."""
    first = {
        name: line.pop(name)
        for name in ("timestamp", "level", "logger", "event")
        if name in line
    }
    last = {"exception": line.pop("exception")} if "exception" in line else {}
    return {**first, **line, **last}


def _describe_error(_logger: Any, _method: str, line: EventDict) -> EventDict:
    found = line.pop("exc_info", None)
    if found and found[1] is not None:
        line["exception"] = described(found[1])
    return line


def _cut_secrets(_logger: Any, _method: str, line: EventDict) -> EventDict:
    own = {name: line[name] for name in ("_record", "_from_structlog") if name in line}
    told = {name: value for name, value in line.items() if name not in own}
    cut: EventDict = without_secrets(told)
    return {**cut, **own}
