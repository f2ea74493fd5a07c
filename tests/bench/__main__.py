"""`make bench`: the product beside a bare application, on each engine.

    python -m tests.bench                       all engines, and growth to 100,000
    python -m tests.bench --sizes 1000 100000 1000000 --keep var/bench --write
    python -m tests.bench --engine sqlite --only webhook --rounds 3 --sizes

A million orders are minutes of filling; with `--keep FOLDER` they are found there the
next time (some GB; not on MongoDB). `--write` puts the tables into
docs/performance.md. Figures depend on the machine and on what else it does; trust the
ratios, which are of blocks that took turns.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.databases import databases
from tests.bench.report import report, write_report
from tests.bench.shop import environment, redis_for, stripe_stub
from tests.engines.__main__ import ENGINES

# It is filled slowly; ten times fewer tell as much.
MOST_ON_MONGODB = 100_000
KEPT_FROM = 100_000


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--only", default="", help="a part of a scenario's name")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--keep", type=Path, help="where great databases stay")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.keep:
        options.keep = options.keep.resolve()
        options.keep.mkdir(parents=True, exist_ok=True)
    by_engine: dict[str, Any] = {}
    for engine in options.engine or ENGINES:
        with tempfile.TemporaryDirectory(prefix="lumira-bench-") as name:
            by_engine[engine] = _measure(engine, Path(name), options)
    sys.stdout.write(report(by_engine) + "\n")
    if options.write:
        write_report(by_engine)
    return 0


def _measure(engine: str, folder: Path, options: argparse.Namespace) -> Any:
    """In processes of their own: settings are read once. Ends all if one fails."""
    most = max(options.sizes, default=0)
    if engine == "mongodb":
        most = min(most, MOST_ON_MONGODB)
    sizes = sorted({min(size, most) for size in options.sizes})
    figures, admin = folder / "figures.json", folder / "admin.json"
    with (
        databases(engine, folder, options.keep) as database,
        stripe_stub(folder) as stripe,
        redis_for(engine, folder) as redis,
    ):
        by_size = {size: database(_name(size)) for size in sizes}
        _run(
            engine,
            environment(engine, database("bench"), folder, stripe, redis),
            "tests.bench.on_engine",
            f"--rounds={options.rounds}",
            f"--requests={options.requests}",
            f"--only={options.only}",
            f"--out={figures}",
            *(["--sizes"] if sizes else []),
            *(f"{size}={address}" for size, address in by_size.items()),
        )
        told = json.loads(figures.read_text())
        if sizes:
            greatest = environment(engine, by_size[most], folder, stripe, redis)
            _run(engine, greatest, "tests.bench.admin_pages", str(most), str(admin))
            told |= {"orders": most, "admin": json.loads(admin.read_text())}
        return told


def _name(size: int) -> str:
    return f"kept_{size}" if size >= KEPT_FROM else f"orders_{size}"


def _run(engine: str, variables: dict[str, str], module: str, *words: str) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "lumira.settings"}
    command = [sys.executable, "-m", module, *words]
    if subprocess.run(command, env=variables | settings).returncode:
        sys.exit(f"The bench on {engine} did not end well.")


if __name__ == "__main__":
    sys.exit(main())
