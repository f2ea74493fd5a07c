"""The dashboard's orders: what waits for somebody, and how the shop keeps its word."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from orders.admin.order_access import may_see_every_order
from orders.admin.queue_names import queue_name
from orders.admin.work_counts import work_counts
from orders.models import Order
from orders.work_queues import Queue
from payments.admin.dashboard_tile import (
    Bar,
    Cell,
    Chart,
    Tile,
    Tone,
    compared,
    days,
    duration,
    list_url,
    percent,
)
from payments.dashboard.order_figures import OrderFigures, order_figures
from payments.dashboard.period import Period, Span

PAID = "Les commandes payées sur la période, même remboursées depuis."
DELIVERED = "Les commandes livrées sur la période, quel que soit le jour du paiement."
DELAY = (
    "La moyenne (non la médiane) entre le paiement et la livraison, pour les commandes "
    "livrées sur la période."
)
ON_TIME = "Livrées avant la date promise au client, parmi celles de la période."
HINTS = {
    Queue.LATE: "La date promise est passée et la lecture n’est pas livrée, même si la "
    "commande est bloquée."
}


@dataclass(frozen=True, slots=True)
class OrdersSection:
    tiles: list[Tile]
    by_state: Chart | None


def work_tiles(request: HttpRequest) -> list[Tile]:
    """How many orders wait in each queue, of those that this person may see.

    The same numbers as the menu's beside it, counted once for both.
    """
    if not request.user.has_perm("orders.view_order"):
        return []
    numbers = work_counts(request)
    return [
        _queue_tile(queue, numbers[queue], name=queue_name(queue, request))
        for queue in Queue
    ]


def orders_section(request: HttpRequest, period: Period) -> OrdersSection | None:
    """The shop's figures, for who may see all its orders. One query."""
    may_view = request.user.has_perm("orders.view_order")
    if not may_view or not may_see_every_order(request):
        return None
    figures = order_figures(period)
    return OrdersSection(
        tiles=_tiles(request, figures, period),
        by_state=_by_state(request, figures, period) if figures.placed else None,
    )


def _queue_tile(queue: Queue, number: int, *, name: str) -> Tile:
    is_bad = queue == Queue.LATE and number > 0
    return Tile(
        name,
        str(number),
        reverse("admin:orders_order_queue", args=[queue.value]),
        tone=Tone.BAD if is_bad else Tone.PLAIN,
        hint=HINTS.get(queue, ""),
    )


def _tiles(request: HttpRequest, figures: OrderFigures, period: Period) -> list[Tile]:
    now, before = figures.delivered, figures.delivered_before
    delivered = list_url(request, Order, **_within("completed_at", period.now))
    tiles = [
        Tile(
            "Commandes payées",
            str(figures.paid),
            list_url(
                request, Order, **days("paid_at", period.first_day, period.last_day)
            ),
            compared(figures.paid, figures.paid_before, str(figures.paid_before)),
            hint=PAID,
        ),
        Tile(
            "Commandes livrées",
            str(now.number),
            delivered,
            compared(now.number, before.number, str(before.number)),
            hint=DELIVERED,
        ),
    ]
    if now.average is not None:
        past = "rien avant"
        if before.average is not None:
            past = f"avant : {duration(before.average)}"
        on_time = (2000 * now.on_time + now.number) // (2 * now.number)
        tiles += [
            Tile(
                "Délai moyen de livraison",
                duration(now.average),
                delivered,
                past.capitalize(),
                hint=DELAY,
            ),
            Tile(
                "Livrées à temps",
                percent(on_time),
                note=f"{now.on_time} sur {now.number}",
                hint=ON_TIME,
            ),
        ]
    return tiles


def _by_state(request: HttpRequest, figures: OrderFigures, period: Period) -> Chart:
    placed = days("created_at", period.first_day, period.last_day)
    return Chart(
        kind="states",
        title="Commandes passées, par état",
        head="État",
        series=("Commandes",),
        bars=[
            Bar(
                str(status.label),
                [Cell(number, str(number))],
                list_url(request, Order, status__exact=status, **placed),
            )
            for status, number in figures.by_state.items()
        ],
    )


def _within(field: str, span: Span) -> dict[str, str]:
    """Filters that the list knows without offering them: there is no form for it."""
    return {
        f"{field}__gte": span.start.isoformat(),
        f"{field}__lt": span.end.isoformat(),
    }
