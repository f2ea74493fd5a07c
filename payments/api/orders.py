"""Reading orders. Nothing here writes."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from lumira.kit.prepared import prepared
from lumira.limits.limit import TooMany
from lumira.limits.memory import count_here
from lumira.limits.rules import POLLS_A_MINUTE
from lumira.limits.subjects import Who, sender_of
from orders.access import orders_for, reachable_orders, token_of
from orders.models import Order
from payments.api.described import SignedLink
from payments.api.errors import ApiError, too_many, unknown_order
from payments.api.schemas import OrderAnswer, OrdersAnswer, Problem
from payments.models import Payment
from payments.order_state import deciding_one_of
from payments.status import PaymentStatus

router = Router(tags=["orders"])

# What is told of an order: not the answers, which are decrypted when they are read.
_TOLD = (
    *("number", "status", "amount", "currency", "level", "duration"),
    *("created_at", "paid_at", "completed_at", "service__slug", "expert__name"),
)


@router.get(
    "/order/{order_id}", response={200: OrderAnswer, 404: Problem, 429: Problem}
)
def order(request: HttpRequest, order_id: str) -> dict[str, Any]:
    """How one order stands. The id is unguessable, and nothing personal is told."""
    _admit(request)
    try:
        found = _reachable_order(UUID(order_id))
    except ValueError:
        found = []
    if not found:
        raise unknown_order()
    return {"order": _facts(found[0], _attempts(found[0].pk))}


@prepared
def _reachable_order(order_id: UUID) -> QuerySet[Order]:
    """One row, asked for every few seconds: here a join is the cheaper."""
    told = reachable_orders().select_related("service", "expert").only(*_TOLD)
    return told.filter(pk=order_id)


@prepared
def _attempts(order_id: UUID) -> QuerySet[Payment]:
    told = ("status", "stripe_status", "amount_refunded", "created_at")
    return Payment.objects.filter(order_id=order_id).only(*told)


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
    return {"orders": [_facts(row, row.payments.all()) for row in rows]}


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


def _facts(order: Order, attempts: Collection[Payment]) -> dict[str, Any]:
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
        "service": order.service.slug,
        "level": order.level,
        "levelName": order.level_name,
        "duration": order.duration,
        "expert": {"name": order.expert.name} if order.expert else None,
        "createdAt": order.created_at,
        "paidAt": order.paid_at,
        "completedAt": order.completed_at,
    }
