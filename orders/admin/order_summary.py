"""What stands on an order's page around its fields: summary, work, timeline."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from orders.admin.badges import order_badges
from orders.admin.customer_steps import customer_steps
from orders.admin.deadline import deadline_of
from orders.admin.order_access import may_see_every_order
from orders.admin.order_answers import may_read_answers
from orders.admin.order_facts import Fact, added_facts
from orders.admin.order_moments import reading_url
from orders.admin.timeline import moments_of
from orders.admin.what_now import what_now
from orders.admin.work_on_order import decision_on, load_work
from orders.masked_email import masked_email
from orders.models import Order, Reading, Validation


@dataclass(frozen=True, slots=True)
class Revision:
    reading: Reading
    decision: Validation | None
    url: str


def order_summary(order: Order, request: HttpRequest) -> dict[str, Any]:
    """The page's context, for this person, in a fixed number of queries."""
    load_work(order)
    return {
        "order": order,
        "badges": order_badges(order),
        "facts": [*_own_facts(order, request), *added_facts(order, request)],
        "now": what_now(order, request),
        "customer_steps": list(customer_steps(order, request)),
        "revisions": _revisions(order, request),
        "moments": moments_of(order, request),
    }


def _own_facts(order: Order, request: HttpRequest) -> list[Fact]:
    deadline = deadline_of(order)
    shown = order.email if may_see_every_order(request) else masked_email(order.email)
    return [
        Fact("Échéance", deadline.text, detail=deadline.detail, tone=deadline.tone),
        Fact("Client", order.name or "-", detail=shown),
        Fact(
            "Service",
            str(order.service),
            detail=f"{order.level_name} · {order.duration} min",
            url=_page("service", order.service_id, request),
        ),
        Fact(
            "Expert",
            str(order.expert or "Personne encore"),
            url=_page("expert", order.expert_id, request),
        ),
        Fact("Prix", order.amount_text),
    ]


def _page(model: str, key: object, request: HttpRequest) -> str:
    if key is None or not request.user.has_perm(f"orders.view_{model}"):
        return ""
    return reverse(f"admin:orders_{model}_change", args=[key])


def _revisions(order: Order, request: HttpRequest) -> list[Revision]:
    """What was written, the latest first, for those who may read it."""
    if not may_read_answers(request):
        return []
    written = sorted(order.readings.all(), key=lambda one: -one.revision)
    return [Revision(one, decision_on(one), reading_url(one)) for one in written]
