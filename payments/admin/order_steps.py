"""What a person may do now with an order's money."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from lumira.kit.money import money
from orders.admin.steps import Step, add_step_source
from orders.models import Order
from payments.admin.order_money import OrderMoney, money_of
from payments.admin.refund_dialog import retry_url
from payments.models import Payment, Refund
from payments.status import BLOCKS_REFUND, REFUND_DID_NOT_WORK, WAITS_FOR_US


@add_step_source
def money_steps(order: Order, request: HttpRequest) -> Iterator[Step]:
    """Answer the bank, begin a failed refund again, refund. No query of its own."""
    known = money_of(order, request)
    yield from _disputes(known)
    if not request.user.has_perm("payments.add_refund"):
        return
    refundable = _refundable(known)
    for payment in refundable:
        yield from _refunds_of(payment, known, among=len(refundable))


def _disputes(known: OrderMoney) -> Iterator[Step]:
    for dispute in known.disputes:
        if dispute.status in WAITS_FOR_US:
            yield Step(
                name=f"dispute-{dispute.pk}",
                label="Répondre au litige…",
                url=reverse("admin:payments_dispute_change", args=[dispute.pk]),
                icon="gavel",
                is_main=True,
            )


def _refundable(known: OrderMoney) -> list[Payment]:
    blocked = {one.payment_id for one in known.disputes if one.status in BLOCKS_REFUND}
    return [
        payment
        for payment in known.collected
        if payment.amount_refundable and payment.pk not in blocked
    ]


def _refunds_of(payment: Payment, known: OrderMoney, *, among: int) -> Iterator[Step]:
    last = _last_refund(payment, known)
    if last and last.status in REFUND_DID_NOT_WORK:
        yield Step(
            name=f"retry-{last.pk}",
            label="Recommencer le remboursement…",
            url=retry_url(last),
            icon="redo",
            is_main=True,
            is_dangerous=True,
        )
        return
    suspected = any(
        warning.payment_id == payment.pk and warning.actionable
        for warning in known.warnings
    )
    price = money(payment.amount_refundable, payment.currency)
    yield Step(
        name=f"refund-{payment.pk}",
        label="Rembourser…" if among == 1 else f"Rembourser {price}…",
        url=reverse("admin:payments_payment_refund", args=[payment.pk]),
        icon="undo",
        # Paid twice, or about to be contested: money goes back now.
        is_main=suspected or among > 1,
        is_dangerous=True,
    )


def _last_refund(payment: Payment, known: OrderMoney) -> Refund | None:
    own = [refund for refund in known.refunds if refund.payment_id == payment.pk]
    return own[-1] if own else None
