"""Would the tests notice if a rule of the money were broken?"""

import subprocess
import sys

from tests.money.mutations import MUTATIONS, PROJECT


def test_breaking_any_rule_makes_a_test_fail() -> None:
    """Rules 2 to 7 of SPEC §5, each broken in a copy of the source."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.money.mutations"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=600,
    )

    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith("ok ")] == []
    assert len(lines) == 1 + len(MUTATIONS), done.stderr
    assert done.returncode == 0
