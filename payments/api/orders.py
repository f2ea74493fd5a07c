"""Reading orders. Nothing here writes."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Router

from lumira.kit.prepared import prepared
from lumira.limits.limit import TooMany
from lumira.limits.memory import count_here
from lumira.limits.rules import POLLS_A_MINUTE
from lumira.limits.subjects import Who, sender_of
from orders.access import orders_for, reachable_orders, token_of
from orders.models import Order
from orders.models.service import Level
from payments.api.described import SignedLink
from payments.api.errors import ApiError, too_many, unknown_order
from payments.api.schemas import OrderAnswer, OrdersAnswer, Problem
from payments.models import Payment
from payments.order_state import deciding_one_of
from payments.status import PaymentStatus

router = Router(tags=["orders"])

# What is read of an order: not the answers, which are decrypted when they are read.
_OF_ORDER = (
    *("pk", "number", "status", "amount", "currency", "level", "duration"),
    *("created_at", "paid_at", "completed_at", "service__slug", "expert__name"),
)
_OF_ATTEMPT = ("status", "stripe_status", "amount_refunded", "created_at")


class Told(NamedTuple):
    """_OF_ORDER, read."""

    pk: UUID
    number: str
    status: str
    amount: int
    currency: str
    level: int
    duration: int
    created_at: datetime
    paid_at: datetime | None
    completed_at: datetime | None
    service: str
    expert: str | None


class Attempt(NamedTuple):
    """_OF_ATTEMPT, read."""

    status: str
    stripe_status: str
    amount_refunded: int
    created_at: datetime


@router.get(
    "/order/{order_id}", response={200: OrderAnswer, 404: Problem, 429: Problem}
)
def order(request: HttpRequest, order_id: str) -> JsonResponse:
    """How one order stands. The id is unguessable, and nothing personal is told."""
    _admit(request)
    try:
        rows = _with_attempts(UUID(order_id))
    except ValueError:
        rows = []
    if not rows:
        raise unknown_order()
    size = len(_OF_ORDER)
    # Without an attempt the join has nothing to say of one.
    attempts = [Attempt(*row[size:]) for row in rows if row[size] is not None]
    # Written here: ninja would look at each value once more, which takes as long again.
    return JsonResponse({"order": _facts(Told(*rows[0][:size]), attempts)})


@prepared
def _with_attempts(order_id: UUID) -> QuerySet[Order, tuple[Any, ...]]:
    """A row for each attempt, or one. Asked for every few seconds: here a join is the
    cheaper, and no row needs to become an object."""
    attempt = (f"payments__{name}" for name in _OF_ATTEMPT)
    return reachable_orders().filter(pk=order_id).values_list(*_OF_ORDER, *attempt)


@router.get("/orders", response={200: OrdersAnswer, 401: Problem}, auth=SignedLink())
def orders(request: HttpRequest) -> dict[str, Any]:
    """The orders of the person whose signed link it is.

    The link's token comes in the header `Authorization: Bearer …`, or in the cookie
    that opening the link has set.
    """
    found = orders_for(token_of(request))
    if found is None:
        message = _("Ouvrez d’abord le lien reçu par e-mail.")
        raise ApiError(401, "sign_in_required", message)
    rows = found.prefetch_related("service", "expert", "payments")
    return {"orders": [_facts(_told(row), row.payments.all()) for row in rows]}


def _told(row: Order) -> Told:
    return Told(
        pk=row.pk,
        number=row.number,
        status=row.status,
        amount=row.amount,
        currency=row.currency,
        level=row.level,
        duration=row.duration,
        created_at=row.created_at,
        paid_at=row.paid_at,
        completed_at=row.completed_at,
        service=row.service.slug,
        expert=row.expert.name if row.expert else None,
    )


def _admit(request: HttpRequest) -> None:
    """A page that waits asks every few seconds. Counted in memory: nothing writes."""
    network = sender_of(request).get(Who.NETWORK, "")
    try:
        if settings.LIMITS_ON:
            count_here(
                f"polls:{network}", round(POLLS_A_MINUTE * settings.LIMITS_FACTOR)
            )
    except TooMany as problem:
        raise too_many(problem) from None


def _facts(order: Told, attempts: Collection[Attempt | Payment]) -> dict[str, Any]:
    """OrderFacts. Nothing personal."""
    payment = deciding_one_of(attempts)
    return {
        "id": order.pk,
        "orderNumber": order.number,
        "status": payment.status if payment else PaymentStatus.PENDING,
        "paymentStatus": (
            payment.stripe_status if payment else "requires_payment_method"
        ),
        "workflowStatus": order.status,
        "amount": order.amount,
        "currency": order.currency,
        "amountRefunded": sum(one.amount_refunded for one in attempts),
        "service": order.service,
        "level": order.level,
        "levelName": str(Level(order.level).label),
        "duration": order.duration,
        "expert": {"name": order.expert} if order.expert is not None else None,
        "createdAt": order.created_at,
        "paidAt": order.paid_at,
        "completedAt": order.completed_at,
    }
