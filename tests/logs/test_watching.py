"""The watch over the whole suite can fail, and says which test and which line."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

TEST = """
import logging
from lumira.kit.log_context import about

def test_it_talks():
    with about(order="LU261123-7K3MWQ", {context}):
        logging.getLogger("orders.x").debug("sent to %s", {argument})
"""


def run(
    folder: Path, *, argument: str = "'7'", context: str = "", options: str = ""
) -> tuple[int, str]:
    """A run of one test that logs this, watched."""
    file = folder / "test_talk.py"
    file.write_text(TEST.format(argument=argument, context=context))
    command = "-p tests.logs.watching -p no:django -p no:cacheprovider -c /dev/null"
    command += f" {options}"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *command.split(), str(file)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout


def test_ids_are_nobodys(tmp_path: Path) -> None:
    code, said = run(tmp_path)

    assert code == 0, said
    assert "Personal data" not in said


@pytest.mark.parametrize(
    "spoken",
    [
        "eve" + "@anywhere.example",
        "Alice",
        "pi_1" + "_secret_x",
        "sk" + "_test_1",
        "4242 " * 4,
    ],
)
def test_a_run_in_which_a_test_talks_fails(tmp_path: Path, spoken: str) -> None:
    code, said = run(tmp_path, argument=repr(spoken))

    assert code == pytest.ExitCode.TESTS_FAILED
    assert "Personal data or secrets in the log" in said
    assert "test_it_talks" in said


def test_what_one_of_several_processes_heard_fails_the_run(tmp_path: Path) -> None:
    code, said = run(tmp_path, argument="'Alice'", options="-n 1")

    assert code == pytest.ExitCode.TESTS_FAILED
    assert "test_it_talks" in said


def test_what_a_line_is_about_is_heard_too(tmp_path: Path) -> None:
    code, said = run(tmp_path, context="to='eve' '@anywhere.example'")

    assert code == pytest.ExitCode.TESTS_FAILED
    assert "test_it_talks" in said
