"""The work page: what waits, queue by queue, the most urgent first."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from orders.admin.badges import order_badges
from orders.admin.deadline import Deadline, deadline_of
from orders.admin.order_access import visible_orders
from orders.admin.queue_names import queue_name
from orders.admin.work_counts import work_counts
from orders.models import Order
from orders.work_queues import Queue, in_queue

PER_PAGE = 50
# What stands there when nothing waits.
EMPTY = {
    Queue.TO_ASSIGN: "Toutes les commandes payées ont un expert au travail.",
    Queue.IN_PROGRESS: "Aucune lecture n’est en cours d’écriture.",
    Queue.TO_VALIDATE: "Aucune lecture n’attend de décision.",
    Queue.TO_DELIVER: "Toutes les lectures approuvées sont remises.",
    Queue.LATE: "Rien n’est en retard.",
}


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Row:
    order: Order
    url: str
    badges: str
    deadline: Deadline


@require_safe
def work_page(request: HttpRequest, queue: str = "") -> HttpResponse:
    """One queue of the orders that this person may see. Without a name: the first
    that is not empty."""
    if not request.user.has_perm("orders.view_order"):
        raise PermissionDenied
    waiting = work_counts(request)
    if not queue:
        first = next((one for one in Queue if waiting[one]), Queue.TO_ASSIGN)
        return redirect("admin:orders_order_queue", first.value)
    if queue not in Queue.values:
        raise Http404
    current = Queue(queue)
    # PostgreSQL sorts what has no value last, the others first.
    orders = in_queue(visible_orders(request), current).order_by(
        F("due_at").asc(nulls_last=True), "created_at"
    )
    rows = orders.defer("intake").prefetch_related("service", "expert")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "Travail",
        "tabs": [
            Tab(queue_name(one, request), waiting[one], _url(one), one == current)
            for one in Queue
        ],
        "name": queue_name(current, request),
        "empty": EMPTY[current],
        "page": page,
        "rows": [_row(order) for order in page],
    }
    return TemplateResponse(request, "admin/orders/work.html", context)


def _url(queue: Queue) -> str:
    return reverse("admin:orders_order_queue", args=[queue.value])


def _row(order: Order) -> Row:
    url = reverse("admin:orders_order_change", args=[order.pk])
    return Row(order, url, order_badges(order), deadline_of(order))
