"""What a transaction tells is written when it has ended, and all of it."""

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest

from lumira.kit.db import transactional
from lumira.kit.log_context import about
from lumira.kit.log_held import HoldingHandler, lines_held
from lumira.kit.log_lines import formatter
from lumira.settings import LOGGING

logger = logging.getLogger("tests.held")


@pytest.fixture
def written() -> Iterator[StringIO]:
    stream = StringIO()
    handler = HoldingHandler(stream)
    handler.setFormatter(formatter("json"))
    logger.addHandler(handler)
    logger.setLevel("INFO")
    yield stream
    logger.removeHandler(handler)


def events(written: StringIO) -> list[str]:
    return [line["event"] for line in lines(written)]


def lines(written: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_lines_wait_for_the_end_and_keep_their_order(written: StringIO) -> None:
    with lines_held():
        logger.info("first")
        with lines_held():
            logger.info("second")
        inside = events(written)
        logger.info("third")

    assert (inside, events(written)) == ([], ["first", "second", "third"])
    logger.info("fourth")
    assert events(written)[3:] == ["fourth"]


def test_a_line_says_what_it_was_about_when_it_was_told(written: StringIO) -> None:
    told = ["before"]
    with lines_held(), about(order="LU1"):
        with about(payment="p1"):
            logger.info("told %s", told)
        told.append("after")

    [line] = lines(written)
    assert (line["order"], line["payment"]) == ("LU1", "p1")
    assert line["event"] == "told ['before']"


def test_what_is_about_nothing_stays_so(written: StringIO) -> None:
    with about(order="LU2"):
        held = lines_held()
    with held:
        logger.info("about nothing")
        with about(order="LU3"):
            pass

    assert "order" not in lines(written)[0]


def test_what_fails_tells_all_the_same(written: StringIO) -> None:
    def fail() -> None:
        logger.info("tried")
        try:
            raise ValueError("no")
        except ValueError:
            logger.exception("failed")
            raise

    with pytest.raises(ValueError, match="no"), lines_held():
        fail()

    assert events(written) == ["tried", "failed"]
    assert "ValueError" in lines(written)[1]["exception"]


def test_another_thread_does_not_wait(written: StringIO) -> None:
    with lines_held(), ThreadPoolExecutor(1) as other:
        other.submit(logger.info, "elsewhere").result()
        assert events(written) == ["elsewhere"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_holds_its_lines(written: StringIO) -> None:
    inside: list[str] = []

    @transactional
    def change() -> None:
        logger.info("changed")
        inside.extend(events(written))

    change()

    assert (inside, events(written)) == ([], ["changed"])


def test_the_log_of_the_shop_is_one_that_holds() -> None:
    console: Any = LOGGING["handlers"]
    assert console["console"]["class"] == "lumira.kit.log_held.HoldingHandler"


def test_lines_about_the_same_are_filtered_as_ever() -> None:
    written = []
    for name in ("Zoé", "Eva"):
        with about(card_number="4242424242424242", order=name):
            for _line in range(2):
                record = logger.makeRecord("a", logging.INFO, "b", 1, "c", (), None)
                written.append(json.loads(formatter("json").format(record)))

    assert [line["order"] for line in written] == ["Zoé", "Zoé", "Eva", "Eva"]
    assert not any("4242" in str(line) for line in written)
