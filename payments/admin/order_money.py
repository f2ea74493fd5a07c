"""An order's money, read once for its page: the facts, the steps and the timeline."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.urls import reverse

from lumira.kit.money import money
from lumira.kit.readonly_admin import short_moment
from orders.admin.order_facts import Fact, add_fact_source
from orders.models import Order
from payments.models import Dispute, FraudWarning, Payment, Refund
from payments.status import ENDED, ENDED_WELL, DisputeStatus, PaymentStatus


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """What this person may see of it; the oldest first."""

    payments: list[Payment]
    refunds: list[Refund]
    disputes: list[Dispute]
    warnings: list[FraudWarning]

    @property
    def collected(self) -> list[Payment]:
        return [one for one in self.payments if one.status == PaymentStatus.COMPLETED]

    @property
    def contested(self) -> list[Dispute]:
        """What may be lost, or is."""
        return [one for one in self.disputes if one.status not in ENDED_WELL]


# Asked by several parts of one page.
_known: WeakKeyDictionary[HttpRequest, dict[object, OrderMoney]] = WeakKeyDictionary()


def money_of(order: Order, request: HttpRequest) -> OrderMoney:
    """Four queries for the first who asks in a request, none for the others."""
    of_request = _known.setdefault(request, {})
    if order.pk not in of_request:
        of_request[order.pk] = _read(order, request)
    return of_request[order.pk]


def _read(order: Order, request: HttpRequest) -> OrderMoney:
    if not request.user.has_perm("payments.view_payment"):
        return OrderMoney([], [], [], [])
    payments = list(Payment.objects.filter(order=order).order_by("created_at"))
    by_key = {payment.pk: payment for payment in payments}

    def rows(model: type[Any]) -> list[Any]:
        if not request.user.has_perm(f"payments.view_{model._meta.model_name}"):
            return []
        found = list(
            model.objects.filter(payment_id__in=list(by_key)).order_by("created_at")
        )
        for row in found:
            row.payment = by_key[row.payment_id]
        return found

    return OrderMoney(payments, rows(Refund), rows(Dispute), rows(FraudWarning))


@add_fact_source
def money_facts(order: Order, request: HttpRequest) -> list[Fact]:
    """What came in, went back and is contested. Nothing before money has moved."""
    known = money_of(order, request)
    collected = known.collected
    if not collected:
        return []
    facts = [_collected(collected)]
    if any(one.amount_refunded or one.amount_refunding for one in collected):
        facts.append(_refunded(collected))
    if known.contested:
        facts.append(_contested(known.contested))
    return facts


def sums(rows: list[Any], amount_of: Callable[[Any], int]) -> str:
    """Their sum, or their sums when somebody paid in two currencies."""
    totals: dict[str, int] = {}
    for row in rows:
        totals[row.currency] = totals.get(row.currency, 0) + amount_of(row)
    return " + ".join(money(total, currency) for currency, total in totals.items())


def _collected(payments: list[Payment]) -> Fact:
    [first, *others] = payments
    only = reverse("admin:payments_payment_change", args=[first.pk])
    return Fact(
        "Encaissé",
        sums(payments, lambda payment: payment.amount),
        detail=f"en {len(payments)} fois : payée deux fois ?" if others else "",
        tone="danger" if others else "",
        url="" if others else only,
    )


def _refunded(payments: list[Payment]) -> Fact:
    on_the_way = [one for one in payments if one.amount_refunding]
    returning = sums(on_the_way, lambda payment: payment.amount_refunding)
    return Fact(
        "Remboursé",
        sums(payments, lambda payment: payment.amount_refunded),
        detail=f"et {returning} en cours" if on_the_way else "",
    )


def _contested(disputes: list[Dispute]) -> Fact:
    waiting = [one for one in disputes if one.status not in ENDED]
    shown = (waiting or disputes)[-1]
    detail = str(DisputeStatus(shown.status).label)
    if waiting and shown.due_by:
        detail = f"{detail}, avant le {short_moment(shown.due_by)}"
    return Fact(
        "Contesté",
        sums(disputes, lambda dispute: dispute.amount),
        detail=detail,
        tone="danger",
        url=reverse("admin:payments_dispute_change", args=[shown.pk]),
    )
