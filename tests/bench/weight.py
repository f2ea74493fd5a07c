"""What the product weighs: import, start to first answer, memory of a worker."""

import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import request, send_all
from tests.bench.shop import ROOT, free_port, product

_TIMES = 3
_WARM = 400


@dataclass(frozen=True, slots=True)
class Weight:
    """Seconds and megabytes; the best of three starts, of a worker after 400 pages."""

    import_s: float
    modules: int
    first_answer_s: float
    worker_mb: float


def weigh(variables: Mapping[str, str]) -> Weight:
    imports = [_import(variables) for _ in range(_TIMES)]
    starts, memory = [], 0.0
    for _ in range(_TIMES):
        started = time.perf_counter()
        with product(variables) as (port, pid):
            starts.append(time.perf_counter() - started)
            # Each worker has met every kind of page.
            pages = ("/", "/commande/", "/conditions-de-vente/", "/commandes/")
            headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
            warm = [request("GET", page, headers) for page in pages]
            send_all(port, warm * (_WARM // len(pages)))
            memory = max(_resident_mb(child) for child in _children(pid))
    best = min(imports)
    return Weight(best[0], best[1], min(starts), memory)


def _import(variables: Mapping[str, str]) -> tuple[float, int]:
    """Of the process that gunicorn forks: settings, apps, URLs."""
    code = (
        "import sys, time; started = time.perf_counter(); import lumira.wsgi; "
        "print(time.perf_counter() - started, len(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**variables, "PORT": str(free_port())},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return float(told[0]), int(told[1])


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in tasks.split()]


def _resident_mb(pid: int) -> float:
    """All of its memory, what it shares with its siblings included."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    raise LookupError("Rss")
