"""Several processes are one shop: each counts, and any of them knows the sum."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from lumira.kit.metrics.shared_files import share_as
from tests.metrics.scraping import Scrape


def run(role: str, folder: Path, *times: int) -> tuple[Scrape, Scrape]:
    """What is known when each child has counted so often, and once they are dead."""
    said = subprocess.run(
        [
            *(sys.executable, "-m", "tests.metrics.shop_process"),
            *(role, folder, *map(str, times)),
        ],
        cwd=settings.BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    before, after = said.split("\f")
    return Scrape(before), Scrape(after)


def test_each_process_knows_what_all_have_counted(tmp_path: Path) -> None:
    run("worker", tmp_path, 2)

    web, _later = run("web", tmp_path, 3, 4)

    assert web("things_total", kind="small") == 9


def test_a_new_start_of_the_web_keeps_what_the_worker_counted(tmp_path: Path) -> None:
    run("worker", tmp_path, 2)
    run("web", tmp_path, 3)

    web, _later = run("web", tmp_path, 4)

    assert web("things_total", kind="small") == 6


def test_the_dead_live_no_more_and_what_they_counted_stays(tmp_path: Path) -> None:
    before, after = run("web", tmp_path, 3, 4)

    assert (before("living"), after("living")) == (2, 0)
    assert after("things_total", kind="small") == 7


def test_a_command_leaves_nothing_behind(tmp_path: Path) -> None:
    run("reconcile", tmp_path, 1)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ImproperlyConfigured, match="METRICS_FOLDER"):
        share_as("web", tmp_path / "file")
