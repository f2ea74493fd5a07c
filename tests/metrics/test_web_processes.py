"""Real web processes: whichever answers, it knows what all of them have counted."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.metrics.scraping import TOKEN, Scrape
from tests.money.web_process import WebProcess

NOBODY = "http://127.0.0.1:9"
FORGED = 20
PATIENCE_S = 30

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "metrics"


@pytest.fixture
def shop(folder: Path) -> Iterator[WebProcess]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = WebProcess(
        port=port,
        stripe_url=NOBODY,
        WEB_CONCURRENCY="2",
        METRICS_TOKEN=TOKEN,
        METRICS_FOLDER=str(folder),
    )
    with process:
        process.start()
        yield process


def test_any_process_knows_all_and_a_dead_one_leaves_its_count(
    shop: WebProcess, folder: Path
) -> None:
    wait_for_two(shop)
    for _time in range(FORGED):
        forge(shop)

    # Either of the two answers.
    assert {forged(scrape(shop)) for _time in range(10)} == {FORGED}

    dead = living(folder)[0]
    os.kill(int(dead.rpartition("-")[2]), signal.SIGKILL)
    wait_until(lambda: dead not in living(folder))
    wait_for_two(shop)
    assert {forged(scrape(shop)) for _time in range(10)} == {FORGED}


def living(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("gauge_livesum_web-*.db"))


def wait_for_two(shop: WebProcess) -> None:
    wait_until(lambda: scrape(shop)("lumira_web_processes") == 2)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def forge(shop: WebProcess) -> None:
    request = urllib.request.Request(shop.webhook_url, b"{}")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=PATIENCE_S)


def forged(found: Scrape) -> float | None:
    return found("lumira_webhook_events_total", type="other", outcome="bad_signature")


def scrape(shop: WebProcess) -> Scrape:
    request = urllib.request.Request(
        f"{shop.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        return Scrape(answer.read().decode())
