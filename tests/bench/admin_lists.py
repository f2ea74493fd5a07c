"""How fast staff find an order among 100,000: the aim is 300 ms for a page.

`python -m tests.bench.admin_lists` fills an empty database, prints a line per page and
forgets it; `python -m tests.engines postgresql python -m tests.bench.admin_lists` does
it on another engine. Not a test: a busy machine must not fail anybody's build. That
the number of queries is constant is one: tests/admin/test_order_list_size.py.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_test_environment,
)
from django.urls import reverse  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from lumira.accounts.models import User  # noqa: E402
from orders.models import Expert, Order, Service, ServiceOffer  # noqa: E402
from orders.models.order import new_order_number  # noqa: E402
from orders.status import OrderStatus  # noqa: E402
from payments.models import Payment  # noqa: E402
from payments.status import PaymentStatus  # noqa: E402

_ORDERS = 100_000
_BATCH = 2_000
_TIMES = 5
# Ninety of a hundred are history.
_STATES = (
    [OrderStatus.COMPLETED] * 85
    + [OrderStatus.FAILED] * 8
    + [OrderStatus.REFUNDED] * 3
    + [
        OrderStatus.PENDING,
        OrderStatus.PAID,
        OrderStatus.PROCESSING,
        OrderStatus.AWAITING_VALIDATION,
    ]
)
_NAMES = ("Alice Martin", "Bruno Keller", "Chloé Étienne", "David N’Diaye", "Eva Roux")


def main() -> None:
    """Fill, then measure. The database is left as it is: throw it away."""
    setup_test_environment()
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    wanted = _fill()
    if connection.vendor != "mongodb":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    took = time.perf_counter() - started
    _say(f"{connection.vendor}: {_ORDERS:,} orders in {took:.0f} s")
    _measure(wanted)


def _fill() -> Order:
    """Orders of three years, most of them delivered; returns one from the middle."""
    chance = random.Random(1)
    services, experts = _catalogue()
    middle: list[Order] = []
    for begin in range(0, _ORDERS, _BATCH):
        orders = [
            _order(number, chance, chance.choice(services), chance.choice(experts))
            for number in range(begin, begin + _BATCH)
        ]
        Order.objects.bulk_create(orders)
        Payment.objects.bulk_create(_payment(order) for order in orders)
        if begin <= _ORDERS // 2:
            middle = orders
    return middle[0]


def _catalogue() -> tuple[list[Service], list[Expert]]:
    about = {"price": 7900, "duration": 60, "level": 2}
    services = [
        Service.objects.create(slug=f"service-{n}", name=f"Consultation {n}", **about)
        for n in range(4)
    ]
    experts = [
        Expert.objects.create(slug=f"expert-{n}", name=f"Expert {n}") for n in range(20)
    ]
    for expert in experts:
        for service in services:
            ServiceOffer.objects.create(expert=expert, service=service)
    return services, experts


def _order(n: int, chance: random.Random, service: Service, expert: Expert) -> Order:
    placed = now() - timedelta(minutes=15 * (_ORDERS - n))
    status = chance.choice(_STATES)
    is_paid = status not in {OrderStatus.PENDING, OrderStatus.FAILED}
    return Order(
        number=f"LU{placed:%y%m%d}-{new_order_number()[-6:]}",
        email=f"person{chance.randrange(40_000)}@example.org",
        name=f"{chance.choice(_NAMES)} {n % 9_999}",
        service=service,
        expert=expert,
        level=service.level,
        duration=service.duration,
        amount=service.price,
        currency="eur",
        status=status,
        is_on_hold=n % 500 == 0,
        intake={"specificQuestion": "Dois-je partir ? " * 10},
        created_at=placed,
        paid_at=placed if is_paid else None,
        due_at=placed + timedelta(hours=72) if is_paid else None,
    )


def _payment(order: Order) -> Payment:
    return Payment(
        order=order,
        order_number=order.number,
        intent_id=f"pi_{order.number}",
        charge_id=f"ch_{order.number}",
        amount=order.amount,
        currency="eur",
        livemode=False,
        status=PaymentStatus.COMPLETED if order.paid_at else PaymentStatus.FAILED,
    )


def _pages(order: Order) -> Iterator[tuple[str, dict[str, str]]]:
    yield "list", {}
    yield "page 500", {"p": "500"}
    yield "last page", {"p": str(_ORDERS // 50)}
    yield "sorted by amount", {"o": "6"}
    yield "state: delivered", {"status__exact": "completed"}
    yield "state: paid", {"status__exact": "paid"}
    yield "service", {"service__id__exact": str(order.service_id)}
    yield "expert", {"expert__id__exact": str(order.expert_id)}
    yield "on hold", {"is_on_hold__exact": "1"}
    day = f"{order.created_at:%Y-%m-%d}"
    yield "created on a day", {"created_at_from": day, "created_at_to": day}
    yield "paid on a day", {"paid_at_from": day, "paid_at_to": day}
    yield "paid since a day", {"paid_at_from": day}
    yield "late", {"late": "1"}
    for queue in ("to_assign", "in_progress", "to_validate", "to_deliver", "late"):
        yield f"queue {queue}", {"queue": queue}
    yield "number", {"q": order.number}
    yield "number, its day", {"q": order.number[:8]}
    yield "number, its end", {"q": order.number[-6:]}
    yield "e-mail", {"q": order.email}
    yield "e-mail, its start", {"q": order.email[:9] + "@"}
    yield "name", {"q": "Keller"}
    yield "name and name", {"q": f"Chloé {order.name.split()[-1]}"}
    yield "no such name", {"q": "Zzyzx"}
    yield "intent", {"q": f"pi_{order.number}"}


def _measure(order: Order) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    _say(
        f"{'page':22} {'best':>7} {'median':>8} {'worst':>8}   queries, in the database"
    )
    for name, query in _pages(order):
        _report(name, client, reverse("admin:orders_order_changelist"), query)
    _report("order", client, reverse("admin:orders_order_change", args=[order.pk]), {})
    for extension in ("csv", "xlsx"):
        started = time.perf_counter()
        answer = client.post(reverse("admin:orders_order_export", args=[extension]))
        first = time.perf_counter() - started
        size = sum(len(chunk) for chunk in answer.streaming_content)  # type: ignore[misc, arg-type]
        took = time.perf_counter() - started
        _say(
            f"export {extension:15} {took:5.1f} s, the first byte after {first:.1f} s, "
            f"{size / 1_000_000:.0f} MB"
        )


def _read(client: Client, address: str, query: dict[str, str]) -> None:
    answer = client.get(address, query)
    assert answer.status_code == 200, (query, answer.status_code)


def _report(name: str, client: Client, address: str, query: dict[str, str]) -> None:
    def read() -> None:
        _read(client, address, query)

    read()  # templates are compiled once
    with CaptureQueriesContext(connection) as queries:
        read()
    number = len(queries)
    in_database = sum(float(query.get("time") or 0) for query in queries) * 1000
    durations = sorted(_measured(read) for _ in range(_TIMES))
    _say(
        f"{name:22} {durations[0]:4.0f} ms {statistics.median(durations):5.0f} ms "
        f"{durations[-1]:5.0f} ms"
        f"   {number}, {in_database:.0f} ms"
    )


def _measured(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
