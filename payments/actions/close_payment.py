"""Close a payment that nobody should pay on any more."""

from lumira.kit.db import transactional
from lumira.outbox.topics import Payload, delivers
from orders.actions.settle import mark_payment_failed
from payments.actions.lost_intent import find_lost_intent
from payments.actions.settlement import CLOSE_ATTEMPT, apply_intent
from payments.gateway import GatewayError, GatewayUnavailable, gateway
from payments.models import Payment
from payments.status import PaymentStatus


def close_payment(payment: Payment, *, by: str) -> bool:
    """Cancel one open payment at Stripe, then here. True if it is cancelled.

    If Stripe says that it is too late (paid, or the bank is at it), that is the
    truth, and is applied instead. Safe to repeat. Raises GatewayUnavailable.
    """
    if payment.intent_id is None and not find_lost_intent(payment):
        return _close_here(payment, by=by)
    try:
        intent = gateway().cancel_intent(
            str(payment.intent_id), idempotency_key=f"{payment.idempotency_key}-cancel"
        )
    except GatewayUnavailable:
        raise
    except GatewayError:
        intent = gateway().fetch_intent(str(payment.intent_id))
    apply_intent(payment, intent, by=by)
    return payment.status == PaymentStatus.CANCELLED


@delivers(CLOSE_ATTEMPT)
def close_other_attempt(payload: Payload) -> None:
    """The order's money came on another attempt: nobody must pay on this one."""
    close_payment(Payment.objects.get(pk=payload["payment_id"]), by="settlement")


@transactional
def _close_here(payment: Payment, *, by: str) -> bool:
    """Stripe never made it: there is nothing to cancel but our row."""
    closed = payment.move_to(PaymentStatus.CANCELLED)
    mark_payment_failed(payment.order, by=by, note="Jamais parvenu à Stripe.")
    return closed
