"""Paid orders to try money on, and our books beside Stripe's."""

import uuid
from typing import Any


from orders.models import Order
from payments.actions.confirm_payment import confirm_payment
from payments.actions.refund import request_refund
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


def refund(payment: Payment, amount: int, **how: Any) -> Refund:
    """A clerk refunds, having seen what can be refunded now."""
    payment.refresh_from_db()
    defaults = {
        "refund_id": uuid.uuid4(),
        "expected_refundable": payment.amount_refundable,
        "reason": "geste",
        "by": "esther",
    }
    return request_refund(payment, amount=amount, **(defaults | how))


def run_reconcile(**how: Any) -> Report:
    return reconcile(say=lambda line: None, **how)


def assert_no_drift() -> None:
    """Our books and Stripe's agree, by reconcile's own eyes."""
    report = run_reconcile(dry_run=True)
    assert [str(drift) for drift, _ in report.left] == []
    assert report.problems == []
