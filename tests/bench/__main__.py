"""`make bench`: the product beside a bare application, on each engine.

    python -m tests.bench                       all engines, and growth to 100,000
    python -m tests.bench --sizes 1000 100000 1000000 --write
    python -m tests.bench --engine sqlite --only webhook --rounds 3 --sizes

`--write` puts the tables into docs/performance.md. Figures depend on the machine and
on what else it does; trust the ratios, which are of blocks that took turns.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.report import report, write_report
from tests.bench.shop import environment, stripe_stub
from tests.engines.__main__ import ENGINES, server


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--only", default="", help="a part of a scenario's name")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    by_engine: dict[str, Any] = {}
    for engine in options.engine or ENGINES:
        with tempfile.TemporaryDirectory(prefix="lumira-bench-") as name:
            by_engine[engine] = _measure(engine, Path(name), options)
    sys.stdout.write(report(by_engine) + "\n")
    if options.write:
        write_report(by_engine)
    return 0


def _measure(engine: str, folder: Path, options: argparse.Namespace) -> Any:
    """In a process of its own: settings are read once. Ends all if it fails."""
    with server(engine) as url, stripe_stub(folder) as stripe:
        database = url or f"sqlite:///{folder}/lumira.sqlite3"
        figures = folder / "figures.json"
        # MongoDB is filled slowly; ten times fewer tell as much.
        sizes = [
            min(size, 100_000) if engine == "mongodb" else size
            for size in options.sizes
        ]
        command = [
            *(sys.executable, "-m", "tests.bench.on_engine"),
            f"--rounds={options.rounds}",
            f"--requests={options.requests}",
            f"--only={options.only}",
            f"--out={figures}",
        ]
        if sizes:
            command += ["--sizes", *map(str, dict.fromkeys(sizes))]
        variables = environment(engine, database, folder, stripe)
        variables["DJANGO_SETTINGS_MODULE"] = "lumira.settings"
        if subprocess.run(command, env=variables).returncode:
            sys.exit(f"The bench on {engine} did not end well.")
        return json.loads(figures.read_text())


if __name__ == "__main__":
    sys.exit(main())
