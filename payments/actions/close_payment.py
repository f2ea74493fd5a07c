"""Close a payment that nobody should pay on any more."""

from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from lumira.outbox.topics import Payload, delivers
from orders.actions.settle import mark_payment_failed
from payments.actions.lost_intent import find_lost_intent
from payments.actions.settlement import CLOSE_ATTEMPT, apply_intent
from payments.alerts import raise_alert
from payments.gateway import (
    GatewayError,
    GatewayUnavailable,
    IntentSnapshot,
    NotFound,
    StoredFailure,
    gateway,
)
from payments.models import Payment
from payments.status import PaymentStatus


@told_in_log
def close_payment(payment: Payment, *, by: str) -> bool:
    """Cancel one open payment at Stripe, then here. True if it is cancelled.

    If Stripe says that it is too late (paid, or the bank is at it), that is the
    truth, and is applied instead. Safe to repeat. Raises GatewayUnavailable.
    """
    if payment.intent_id is None and not find_lost_intent(payment):
        if _close_unsent(payment, by=by):
            return True
        if payment.intent_id is None:
            return payment.status == PaymentStatus.CANCELLED
    try:
        intent = _cancelled_intent(payment)
    except NotFound:
        return close_unknown(payment, by=by)
    apply_intent(payment, intent, by=by)
    return payment.status == PaymentStatus.CANCELLED


@transactional
def close_unknown(payment: Payment, *, by: str) -> bool:
    """Close a payment whose intent Stripe does not know (with these keys), and alert.

    Should money arrive on it all the same, that settles the order as ever.
    """
    raise_alert(
        "unknown_intent",
        about=str(payment.intent_id),
        order_id=payment.order_id,
        order=payment.order_number,
    )
    closed = payment.move_to(PaymentStatus.CANCELLED)
    note = "Stripe ne connaît pas ce paiement."
    mark_payment_failed(payment.order, by=by, note=note)
    return closed is not None


def _cancelled_intent(payment: Payment) -> IntentSnapshot:
    """As it is after we tried to cancel it. Raises NotFound and GatewayUnavailable."""
    intent_id = str(payment.intent_id)
    key = f"{payment.idempotency_key}-cancel"
    try:
        if payment.stripe_invoice_id:
            # Stripe closes an invoice's intent itself. Never the subscription: it
            # may have been paid a moment ago.
            gateway().billing.void_invoice(
                payment.stripe_invoice_id, idempotency_key=key
            )
            return gateway().fetch_intent(intent_id)
        return gateway().cancel_intent(intent_id, idempotency_key=key)
    except NotFound:
        raise
    except GatewayUnavailable as problem:
        if not isinstance(problem, StoredFailure):
            raise
    except GatewayError:
        pass  # too late to cancel, says Stripe: then how does it stand?
    return gateway().fetch_intent(intent_id)


@delivers(CLOSE_ATTEMPT)
def close_other_attempt(payload: Payload) -> None:
    """The order's money came on another attempt: nobody must pay on this one."""
    close_payment(Payment.objects.get(pk=payload["payment_id"]), by="settlement")


@transactional
def _close_unsent(payment: Payment, *, by: str) -> bool:
    """Stripe has nothing to cancel: close our row, unless an intent turned up."""
    if not payment.close_without_intent():
        return False
    mark_payment_failed(payment.order, by=by, note="Jamais parvenu à Stripe.")
    return True
