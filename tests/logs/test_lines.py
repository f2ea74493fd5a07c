"""How a line looks: one JSON object, whoever writes it and whatever happened."""

import json
import logging
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from lumira.kit.log_context import about, begin, correlation_id, note
from lumira.kit.log_lines import formatter
from tests.logs.conftest import Lines
from tests.lumira.starting import PRODUCTION, run

logger = logging.getLogger("tests.lines")


class RowWithFacts:
    log_facts = {"order": "LU261123-7K3MWQ", "intent": ""}


def test_it_says_when_how_bad_who_what_and_about_what(lines: Lines) -> None:
    with about(order="LU261123-7K3MWQ", attempts=3, intent=None, user=""):
        logger.warning("Tried %s", "again")

    [line] = lines.read()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "level": "warning",
        "logger": "tests.lines",
        "event": "Tried again",
        "order": "LU261123-7K3MWQ",
        "attempts": 3,
    }


def test_what_it_is_about_ends_with_the_block(lines: Lines) -> None:
    with about(order="one"):
        with about(order="other", payment="p"):
            note(event_id="evt_1")
        logger.warning("inside")
    logger.warning("outside")

    inside, outside = lines.read()
    assert inside["order"] == "one"
    assert inside.keys().isdisjoint({"payment", "event_id"})
    assert "order" not in outside


def test_what_it_is_about_ends_with_an_error_too(lines: Lines) -> None:
    with suppress(ValueError), about(order="one"):
        begin(request_id="r1")
        raise ValueError
    logger.warning("outside")

    [line] = lines.read()
    assert line.keys().isdisjoint({"order", "request_id"})


def test_a_thread_knows_nothing_of_the_others(lines: Lines) -> None:
    def speak() -> None:
        logger.warning("there")
        note(order="other")

    with about(order="one"):
        thread = Thread(target=speak)
        thread.start()
        thread.join()
        logger.warning("here")

    there, here = lines.read()
    assert "order" not in there
    assert here["order"] == "one"


def test_what_it_is_about_never_hides_what_each_line_says(lines: Lines) -> None:
    with about(level="none", logger="nobody", event="nothing", timestamp="never"):
        logger.warning("Hello")

    [line] = lines.read(level="warning", logger="tests.lines", event="Hello")
    assert line["timestamp"] != "never"


def test_a_row_made_now_takes_the_purchases_id_before_the_requests() -> None:
    begin(request_id="r1")
    of_request = correlation_id()
    with about(correlation_id="c1"):
        of_purchase = correlation_id()
    begin()

    assert (of_request, of_purchase, correlation_id()) == ("r1", "c1", "")


def fail(word: str) -> None:
    try:
        int(word)
    except ValueError as cause:
        raise TypeError("a word where a figure was due") from cause


def test_a_traceback_is_one_line_without_values(lines: Lines) -> None:
    try:
        fail("abracadabra")
    except TypeError:
        logger.exception("It failed")

    [text] = lines.written
    told = json.loads(text)["exception"]
    assert text.splitlines() == [text]
    assert "abracadabra" not in told.replace('fail("abracadabra")', "")
    assert "ValueError: (its text may quote data)" in told
    assert told.endswith("TypeError: a word where a figure was due")
    assert "in fail" in told


def test_people_read_columns() -> None:
    record = logging.makeLogRecord({"msg": "Hello", "name": "x", "levelname": "INFO"})

    with about(order="LU1"):
        line = formatter("console").format(record)

    assert "Hello" in line
    assert "order=LU1" in line
    assert not line.startswith("{")


def test_what_a_stranger_wrote_does_not_look_like_another_line() -> None:
    path = "/a\n2026-11-23 [info] Order LU1: pending -> paid\x1b[31m\u2028"
    record = logging.makeLogRecord({"msg": "GET %s", "args": (path,), "name": "x"})

    with about(name_of=path):
        line = formatter("console").format(record)

    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


def said(folder: Path, code: str, **variables: str) -> list[dict[str, Any]]:
    """What a process of production writes on its way to its end."""
    done = run(folder, f"import django; django.setup(); {code}", **variables)
    return [json.loads(line) for line in done.stderr.splitlines()]


PRODUCTION_DJANGO = {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "lumira.settings"}


def test_production_writes_json(tmp_path: Path) -> None:
    code = "import logging; logging.getLogger('x').info('Hello')"

    [line] = said(tmp_path, code, **PRODUCTION_DJANGO)

    assert (line["event"], line["level"]) == ("Hello", "info")


@pytest.mark.parametrize(
    "code",
    [
        "int('abracadabra')",
        "import threading; t = threading.Thread(target=int, args=['abracadabra']); "
        "t.start(); t.join()",
    ],
)
def test_what_nobody_caught_is_a_line_as_well(tmp_path: Path, code: str) -> None:
    [line] = said(tmp_path, code, **PRODUCTION_DJANGO)

    assert line["level"] == "critical"
    assert "ValueError" in line["exception"]
    assert "abracadabra" not in line["exception"]


def test_the_workers_lines_are_in_the_same_shape(tmp_path: Path) -> None:
    code = (
        "import logging; logging.getLogger('huey').error('Unhandled exception'); "
        "print(len(logging.getLogger('huey').handlers))"
    )

    [line] = said(tmp_path, code, **PRODUCTION_DJANGO)

    assert line["logger"] == "huey"
