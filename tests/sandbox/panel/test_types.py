"""The panel's scripts agree with themselves: `tsc --checkJs --strict` says so."""

import subprocess
from pathlib import Path

from tests.oracles import type_check
from tests.oracles.node import installed


def test_the_panels_scripts_pass_the_type_check() -> None:
    tsc = installed(type_check.HERE) / "tsc"
    config = Path(__file__).parent / "tsconfig.json"

    done = subprocess.run(
        [str(tsc), "--project", str(config), "--pretty", "false"],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stdout
