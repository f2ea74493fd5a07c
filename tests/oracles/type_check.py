"""Runs `tsc --strict` over bodies, with the types of npm's `stripe`."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.oracles.node import installed
from tests.oracles.typed_constants import (
    Json,
    first_line_of_constants,
    typescript_of,
)

HERE = Path(__file__).parent
_TYPES = HERE / "node_modules" / "stripe" / "esm" / "stripe.esm.node.d.ts"
_PROBLEM = re.compile(r"bodies\.ts\((\d+),\d+\): error \w+: (.*)")
_TIMEOUT_S = 120


def type_problems(
    constants: Sequence[tuple[str, Json]], folder: Path
) -> list[tuple[int, str]]:
    """(place of the constant, what tsc has against it) for each problem.

    `constants` are (type, body); the module is written into the folder.
    """
    tsc = installed(HERE) / "tsc"
    (folder / "bodies.ts").write_text(typescript_of(constants))
    config = {
        "extends": str(HERE / "tsconfig.json"),
        "compilerOptions": {"paths": {"stripe": [str(_TYPES)]}},
        "files": ["bodies.ts"],
    }
    (folder / "tsconfig.json").write_text(json.dumps(config))
    done = subprocess.run(
        [str(tsc), "--project", str(folder), "--pretty", "false"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
    )
    found = [
        (int(match[1]) - first_line_of_constants(), match[2])
        for match in map(_PROBLEM.search, done.stdout.splitlines())
        if match
    ]
    if done.returncode != 0 and not found:
        raise RuntimeError(f"tsc did not check: {done.stdout}{done.stderr}")
    return found
