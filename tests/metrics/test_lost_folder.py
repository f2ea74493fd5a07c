"""Money does not wait for its numbers."""

import subprocess
import sys
from pathlib import Path

import pytest

from lumira.kit.metrics.counting import harmless
from tests.lumira.starting import environment


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("while", "Not counted (event_handled): FileNotFoundError"),
        ("before", ""),
        ("file", "METRICS_FOLDER: FileExistsError; counting alone"),
    ],
)
def test_who_cannot_count_goes_on_serving(tmp_path: Path, when: str, said: str) -> None:
    folder = str(tmp_path / "metrics")

    done = subprocess.run(
        [sys.executable, "-m", "tests.metrics.lost_folder", folder, when],
        env=environment(tmp_path, DJANGO_SETTINGS_MODULE="lumira.settings"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.returncode) == ("served\n", 0), done.stderr
    assert said in done.stderr


def test_a_failure_is_said_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    @harmless
    def broken() -> None:
        raise OSError("the disk is full")

    broken()

    assert "Not counted (broken): OSError" in caplog.text
