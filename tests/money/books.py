"""Paid orders to try money on, and our books beside Stripe's."""

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import F

from lumira.outbox.models import Message
from orders.models import Order, OrderEvent
from payments.actions.confirm_payment import confirm_payment
from payments.actions.refund import RefundRequest, request_refund
from payments.actions.start_payment import start_payment
from payments.models import Payment, Refund
from payments.reconcile.run import Report, reconcile
from tests.factories.orders import make_order
from tests.sandbox_process import SandboxProcess

GOOD_CARD = "4242424242424242"


def pay(sandbox: SandboxProcess, order: Order | None = None, **how: Any) -> Payment:
    """A customer pays in the sandbox; nobody has told us yet."""
    payment, intent = start_payment(order or make_order())
    sandbox.pay(intent.intent_id, **({"card": GOOD_CARD} | how))
    return payment


def paid(sandbox: SandboxProcess, order: Order | None = None, **how: Any) -> Payment:
    """A payment that is completed at Stripe and here."""
    payment = pay(sandbox, order, **how)
    confirm_payment(payment, by="customer")
    return payment


def refund(
    payment: Payment, amount: int, *, refund_id: uuid.UUID | None = None
) -> Refund:
    """A clerk refunds, having seen what can be refunded now."""
    payment.refresh_from_db()
    asked = RefundRequest(
        id=refund_id or uuid.uuid4(),
        amount=amount,
        expected_refundable=payment.amount_refundable,
        reason="geste",
        by="esther",
    )
    return request_refund(payment, asked)


def let_pass(time: timedelta) -> None:
    """Our payments and orders are that much older."""
    for model in (Payment, Order):
        model.objects.update(created_at=F("created_at") - time)


def states(payment: Payment) -> tuple[str, str]:
    """How the payment and its order stand in the database."""
    fresh = Payment.objects.get(pk=payment.pk)
    return fresh.status, fresh.order.status


def moves(order: Order) -> list[str]:
    """The states the order came to, oldest first; notes about holds left out."""
    lines = OrderEvent.objects.filter(order=order).exclude(before=F("after"))
    return list(lines.values_list("after", flat=True))


def alerts() -> list[str]:
    """The kinds of the alerts so far, sorted; without that Stripe was in trouble."""
    rows = Message.objects.filter(topic="alert")
    kinds = [row.payload["kind"] for row in rows]
    return sorted(kind for kind in kinds if kind != "stripe_error")


def letters() -> list[str]:
    """What customers were told so far, sorted."""
    rows = Message.objects.filter(topic__in=["order_paid", "refunded"])
    return sorted(rows.values_list("topic", flat=True))


def run_reconcile(**how: Any) -> Report:
    return reconcile(say=lambda line: None, **how)


def assert_no_drift() -> None:
    """Our books and Stripe's agree, by reconcile's own eyes."""
    report = run_reconcile(dry_run=True)
    assert [str(drift) for drift, _ in report.left] == []
    assert report.problems == []
