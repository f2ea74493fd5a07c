"""What the product weighs: import, start to first answer, memory of a worker."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.bench.admin_pages import staff_client
from tests.bench.filling import Filling
from tests.bench.load import request, send_all
from tests.bench.scenarios import SCENARIOS
from tests.bench.shop import ROOT, free_port, product

# What other packages use if it is there; a deployment has none of it, and a worker of
# a developer's pays ten megabytes for it.
_DEVELOPERS = ("attr", "brotli", "greenlet", "jinja2", "markupsafe", "pygments", "rich")
_TIMES = 3
_WARM = 200
_PAGES = (
    "/",
    "/?lang=en",
    "/commande/",
    "/experts/expert-1/",
    "/conditions-de-vente/",
    "/commandes/",
)


@dataclass(frozen=True, slots=True)
class Weight:
    """Seconds and megabytes: the best of three starts, the greatest worker of all.

    `worker_mb` is all that is in its memory, what it shares with its sibling included;
    `own_mb` divides what is shared.
    """

    import_s: float
    modules: int
    first_answer_s: float
    worker_mb: float
    own_mb: float


def weigh(variables: Mapping[str, str], filling: Filling) -> Weight:
    with TemporaryDirectory() as folder:
        return _weigh(_as_deployed(variables, Path(folder)), filling)


def _as_deployed(variables: Mapping[str, str], folder: Path) -> dict[str, str]:
    """With a site that hides what only developers have."""
    hidden = f"import sys\nsys.modules.update(dict.fromkeys({_DEVELOPERS!r}))\n"
    (folder / "sitecustomize.py").write_text(hidden)
    return {**variables, "PYTHONPATH": f"{folder}:{variables['PYTHONPATH']}"}


def _weigh(variables: Mapping[str, str], filling: Filling) -> Weight:
    imports = [_import(variables) for _ in range(_TIMES)]
    starts, memory, own = [], 0.0, 0.0
    for _ in range(_TIMES):
        started = time.perf_counter()
        with product(variables) as (port, pid):
            starts.append(time.perf_counter() - started)
            _meet_everything(port, filling)
            for child in _children(pid):
                memory = max(memory, _megabytes(child, "Rss"))
                own = max(own, _megabytes(child, "Pss"))
    best = min(imports)
    return Weight(best[0], best[1], min(starts), memory, own)


def _meet_everything(port: int, filling: Filling) -> None:
    """What is bought and asked, every kind of page, and the staff's: both workers."""
    for scenario in SCENARIOS:
        send_all(port, scenario.product(filling, _WARM, port), status=scenario.status)
    for headers, pages in ((_VISITOR, _PAGES), (_staff(), list(_staff_pages()))):
        asked = [request("GET", page, headers) for page in pages]
        send_all(port, [one for one in asked for _ in range(_WARM // len(pages))])


_VISITOR = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


def _staff() -> dict[str, str]:
    client: Client = staff_client()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {**_VISITOR, "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}


def _staff_pages() -> Iterator[str]:
    yield reverse("admin:index")
    for table in ("orders_order", "payments_payment", "orders_service"):
        yield reverse(f"admin:{table}_changelist")
    yield reverse("admin:orders_order_changelist") + "?q=Keller"
    yield reverse("admin:orders_order_queue", args=["to_assign"])


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


def _megabytes(pid: int, kind: str) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(kind)
