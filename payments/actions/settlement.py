"""What Stripe says about an intent, applied to our books. The only way in.

The webhook, the confirm call and the resumed page all end here, so that it does
not matter which of them comes first, twice or never.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from lumira.outbox.announcing import announce
from orders.actions.follow_up import look_again_soon
from orders.actions.hold import place_hold
from orders.actions.settle import mark_paid, mark_payment_failed
from orders.models.hold import HoldReason
from payments.actions.refund_ledger import mark_refunded_if_all_back
from payments.alerts import raise_alert
from payments.gateway import IntentSnapshot, is_live
from payments.metrics.counters import payment_refused
from payments.models import Payment
from payments.payment_errors import CARD_ERROR, log_payment_error
from payments.status import DID_NOT_WORK, OPEN, PaymentStatus

# Delivered by close_payment.py: cancelling takes a call to Stripe.
CLOSE_ATTEMPT = "close_attempt"


@told_in_log
@transactional
def apply_intent(
    payment: Payment, intent: IntentSnapshot, *, by: str, just_read: bool = False
) -> bool:
    """Bring one payment, and its order, to what Stripe says. Repeat at will.

    `just_read`: the payment was read moments ago, and is nobody's but the caller's.
    What changed since, the guards of the moves find out.

    When Stripe speaks of another sum, currency, mode or order than this payment is
    about, nothing is paid: the order is frozen, an alert goes out, and the answer
    is False.
    """
    if not just_read:
        payment.refresh_from_db()  # it may be old, or of a first run
    if problem := _mismatch(payment, intent):
        place_hold(
            payment.order,
            reason=HoldReason.MISMATCH,
            about=intent.intent_id,
            by=by,
        )
        raise_alert(
            "payment_mismatch",
            about=intent.intent_id,
            order_id=payment.order_id,
            order=payment.order_number,
            problem=problem,
        )
        return False

    if payment.intent_id is None:
        payment.remember_intent(intent.intent_id)
    details = _details(intent)
    is_news = any(getattr(payment, name) != value for name, value in details.items())
    is_change = payment.status != intent.status
    left = payment.move_to(intent.status, **details) if is_change else None
    if is_news and payment.status == intent.status:
        if not left:
            _keep(payment, details)
        if intent.failure_code:
            _log_failure(payment)
    if left and payment.status == PaymentStatus.FAILED:
        payment_refused(intent.failure_code, intent.decline_code)
        look_again_soon(payment.order)
    if payment.status == PaymentStatus.COMPLETED:
        _settle_order(payment, by=by, left=left)
    elif left and payment.status in DID_NOT_WORK and _is_the_last_one(payment):
        note = f"{intent.stripe_status} {intent.failure_code}".strip()
        mark_payment_failed(payment.order, by=by, note=note)
    return True


def _settle_order(payment: Payment, *, by: str, left: PaymentStatus | None) -> None:
    """`left`: the state that it was in until now; None if it was collected before."""
    paid_now = mark_paid(payment.order, at=payment.completed_at or now(), by=by)
    if left is None:
        return
    # News of a refund may have been faster than news of the payment. The row is ours
    # since the move: a refund that is not in it yet waits, and finds the order paid.
    if payment.amount_refunded:
        mark_refunded_if_all_back(payment, by=by)
    # One of an order is open at most: if it was this one, there is no other.
    was_open_before = left in OPEN
    for other in () if was_open_before else _open_attempts(payment):
        announce(CLOSE_ATTEMPT, key=f"close:{other}", payment_id=str(other))
    if not paid_now:
        raise_alert(
            "paid_twice",
            about=str(payment.intent_id),
            order_id=payment.order_id,
            order=payment.order_number,
            amount=payment.amount,
            currency=payment.currency,
        )
    elif not was_open_before:
        raise_alert(
            "late_money",
            about=str(payment.intent_id),
            order_id=payment.order_id,
            order=payment.order_number,
        )


def _open_attempts(payment: Payment) -> QuerySet[Payment, UUID]:
    of_its_order = Payment.objects.filter(order_id=payment.order_id)
    return of_its_order.filter(status__in=sorted(OPEN)).values_list("pk", flat=True)


def _is_the_last_one(payment: Payment) -> bool:
    """No younger attempt has taken over: its news is the order's news."""
    others = Payment.objects.filter(
        order_id=payment.order_id, created_at__gt=payment.created_at
    )
    return not others.exists()


def _mismatch(payment: Payment, intent: IntentSnapshot) -> str:
    """What Stripe says that we did not ask for, in ids and figures; "" if nothing."""
    checks = {
        "intent": (payment.intent_id or intent.intent_id, intent.intent_id),
        "order": (_order_named(payment), intent.order_id),
        "amount": (payment.amount, intent.amount),
        "currency": (payment.currency, intent.currency),
        "livemode": (payment.livemode, intent.livemode),
        "mode of our keys": (is_live(), intent.livemode),
    }
    if intent.status == PaymentStatus.COMPLETED:
        checks["amount received"] = (payment.amount, intent.amount_received)
    return "; ".join(
        f"{name}: ours {ours}, Stripe's {theirs}"
        for name, (ours, theirs) in checks.items()
        if ours != theirs
    )


def _order_named(payment: Payment) -> str:
    """What the intent's metadata must say. Stripe makes an invoice's intent itself."""
    return "" if payment.stripe_invoice_id else str(payment.order_id)


def _details(intent: IntentSnapshot) -> dict[str, str]:
    details = {
        "stripe_status": intent.stripe_status,
        "failure_code": intent.failure_code,
        "decline_code": intent.decline_code,
    }
    # An intent without a charge does not undo the one that we know of.
    return details | ({"charge_id": intent.charge_id} if intent.charge_id else {})


def _keep(payment: Payment, details: dict[str, str]) -> None:
    """Without a move: of the state that they are about, not of a later one."""
    same = Payment.objects.filter(pk=payment.pk, status=payment.status)
    same.update(**details, updated_at=now())
    for field, value in details.items():
        setattr(payment, field, value)


def _log_failure(payment: Payment) -> None:
    """The browser met it; we hear of it afterwards."""
    error = {
        "type": CARD_ERROR,
        "code": payment.failure_code,
        "decline_code": payment.decline_code,
    }
    log_payment_error("PaymentFailed", error, user=payment.order.user_id)
