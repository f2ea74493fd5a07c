"""How long staff wait: the list of orders, its filters and searches, the dashboard.

`python -m tests.bench.admin_pages ORDERS FILE`, in an environment that names the
database, which is filled if it has fewer. That the number of queries is constant is a
test: tests/admin/test_order_list_size.py.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from lumira.accounts.models import User  # noqa: E402
from orders.models import Order  # noqa: E402
from tests.bench.filling import Filling  # noqa: E402

_TIMES = 5
# The dashboard keeps its figures for a while; what costs is making them.
_TARGETS_MS = {"dashboard": 500.0}
_TARGET_MS = 150.0


@dataclass(frozen=True, slots=True)
class PageTime:
    """Milliseconds of the whole answer, in one process that does nothing else."""

    page: str
    best: float
    median: float
    worst: float
    queries: int
    target: float


def staff_client() -> Client:
    """Somebody who may see everything, logged in."""
    client = Client(SERVER_NAME="127.0.0.1", headers={"x-forwarded-proto": "https"})
    user, _made = User.objects.get_or_create(
        username="bench",
        defaults={"is_staff": True, "is_superuser": True, "is_active": True},
    )
    client.force_login(user)
    return client


def measure_admin(filling: Filling) -> list[PageTime]:
    """Every page five times, after one that is not counted."""
    client = staff_client()
    orders = reverse("admin:orders_order_changelist")
    pages = [(name, orders, query) for name, query in _lists(filling)]
    pages.append(("dashboard", reverse("admin:index"), {}))
    return [_time(client, *page) for page in pages]


def _lists(filling: Filling) -> Iterator[tuple[str, dict[str, str]]]:
    """Filters and searches as the admin's own links write them."""
    order = Order.objects.order_by("-created_at")[filling.orders // 2]
    yield "first page", {}
    yield "half way", {"p": str(filling.orders // 100)}
    yield "sorted by amount", {"o": "-5"}
    yield "sorted by state", {"o": "6"}
    yield "state: delivered", {"status__exact": "completed"}
    yield "state: paid", {"status__exact": "paid"}
    yield "service", {"service__id__exact": str(order.service_id)}
    yield "expert", {"expert__id__exact": str(order.expert_id)}
    yield "on hold", {"is_on_hold__exact": "1"}
    day = f"{order.created_at:%Y-%m-%d}"
    yield "created on a day", {"created_at_from": day, "created_at_to": day}
    yield "late", {"late": "1"}
    yield "queue: to assign", {"queue": "to_assign"}
    yield "search: number", {"q": order.number}
    yield "search: its end", {"q": order.number[-6:]}
    yield "search: e-mail", {"q": order.email}
    yield "search: name", {"q": "Keller"}
    yield "search: nobody", {"q": "Zzyzx"}
    yield "search: intent", {"q": str(order.payments.get().intent_id)}


def _time(client: Client, name: str, address: str, query: dict[str, str]) -> PageTime:
    def read() -> float:
        started = time.perf_counter()
        answer = client.get(address, query)
        assert answer.status_code == 200, (name, answer.status_code)
        return (time.perf_counter() - started) * 1000

    with CaptureQueriesContext(connection) as queries:
        read()  # templates are compiled once
    number = len(queries)  # the next request empties the record
    durations = sorted(read() for _ in range(_TIMES))
    measured = PageTime(
        name,
        durations[0],
        statistics.median(durations),
        durations[-1],
        number,
        _TARGETS_MS.get(name, _TARGET_MS),
    )
    sys.stdout.write(
        f"{connection.vendor:10}  {name:20} {measured.median:6.0f} ms "
        f"({measured.best:.0f}–{measured.worst:.0f}), {measured.queries} queries\n"
    )
    sys.stdout.flush()
    return measured


def main() -> None:
    orders, out = int(sys.argv[1]), Path(sys.argv[2])
    filling = Filling()
    filling.grow_to(orders)
    pages = [asdict(page) for page in measure_admin(filling)]
    out.write_text(json.dumps(pages))


if __name__ == "__main__":
    main()
