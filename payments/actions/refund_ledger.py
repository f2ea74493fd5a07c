"""What Stripe says about a refund, applied to our books. The only way in.

Refunds of ours and refunds made in Stripe's dashboard end here, whoever brings
the news.
"""

import logging
from uuid import UUID

from django.db.models import F
from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from lumira.outbox.announcing import announce
from orders.actions.deliver import mail_after_all
from orders.models import Order
from orders.status import UNPAID, OrderStatus
from payments.alerts import raise_alert
from payments.gateway import RefundSnapshot
from payments.models import Payment, Refund
from payments.models.refund import Origin
from payments.status import (
    ON_THE_WAY,
    REFUND_DID_NOT_WORK,
    REFUND_MOVES,
    PaymentStatus,
    RefundStatus,
)

logger = logging.getLogger(__name__)


@told_in_log
@transactional
def apply_refund(payment: Payment, snapshot: RefundSnapshot, *, by: str) -> bool:
    """Bring one refund, its payment and the order to what Stripe says.

    Repeat at will, in any order: a failed refund stays failed. True for the call
    that changed something.
    """
    # First the payment: of two pieces of news at once, one waits for the other.
    Payment.objects.filter(pk=payment.pk).update(updated_at=now())
    refund = _row_of(payment, snapshot)
    if refund is None:
        _record_foreign(payment, snapshot)
        changed = True
    else:
        may_move = _may_move(refund, snapshot.status)
        changed = _remember_stripe_id(refund, snapshot)
        if may_move:
            had_succeeded = refund.status == RefundStatus.SUCCEEDED
            _move(refund, snapshot.status, snapshot.failure_reason)
            if had_succeeded:
                _undo_if_not_all_back(payment, by=by)
            changed = True
    if changed:
        mark_refunded_if_all_back(payment, by=by)
    return changed


@told_in_log
@transactional
def fail_refund(refund: Refund, *, code: str) -> None:
    """Stripe refused it: what was reserved can be refunded again. Safe to repeat."""
    Payment.objects.filter(pk=refund.payment_id).update(updated_at=now())
    refund.refresh_from_db()
    if RefundStatus.FAILED in REFUND_MOVES[refund.status]:
        _move(refund, RefundStatus.FAILED, code)


def _row_of(payment: Payment, snapshot: RefundSnapshot) -> Refund | None:
    """Our row: by Stripe's id, else by the id of ours that Stripe was given."""
    known = Refund.objects.filter(stripe_id=snapshot.refund_id).first()
    if known:
        return known
    try:
        our_id = UUID(snapshot.our_id)
    except ValueError:
        return None
    return Refund.objects.filter(pk=our_id, payment=payment, stripe_id=None).first()


def _record_foreign(payment: Payment, snapshot: RefundSnapshot) -> None:
    """A refund that was not asked for here: it is a fact all the same."""
    refund = Refund.objects.create(
        payment=payment,
        order_number=payment.order_number,
        stripe_id=snapshot.refund_id,
        amount=snapshot.amount,
        currency=snapshot.currency,
        status=snapshot.status,
        failure_reason=snapshot.failure_reason,
        origin=Origin.DASHBOARD,
        requested_by="Stripe",
        created_at=snapshot.created_at,
    )
    _count(payment, snapshot.amount, before=None, after=snapshot.status)
    _tell(refund, before=None, after=snapshot.status, reason=snapshot.failure_reason)


def _may_move(refund: Refund, after: RefundStatus) -> bool:
    """As REFUND_MOVES says; but what we took for refused, and Stripe has, it has."""
    if refund.stripe_id is None and refund.status == RefundStatus.FAILED:
        return after not in REFUND_DID_NOT_WORK
    return after in REFUND_MOVES[refund.status]


def _remember_stripe_id(refund: Refund, snapshot: RefundSnapshot) -> bool:
    unknown = Refund.objects.filter(pk=refund.pk, stripe_id=None)
    return bool(unknown.update(stripe_id=snapshot.refund_id, updated_at=now()))


def _move(refund: Refund, after: RefundStatus, failure_reason: str) -> None:
    """The row's payment was updated first, so nobody else moves it meanwhile."""
    before = RefundStatus(refund.status)
    Refund.objects.filter(pk=refund.pk, status=before).update(
        status=after, failure_reason=failure_reason, updated_at=now()
    )
    logger.info("Refund of %s: %s -> %s", refund.order_number, before, after)
    _count(refund.payment, refund.amount, before=before, after=after)
    _tell(refund, before=before, after=after, reason=failure_reason)


def _count(
    payment: Payment,
    amount: int,
    *,
    before: RefundStatus | None,
    after: RefundStatus,
) -> None:
    """Keep the payment's sums in step with its refunds."""
    refunded = (after == RefundStatus.SUCCEEDED) - (before == RefundStatus.SUCCEEDED)
    refunding = (after in ON_THE_WAY) - (before in ON_THE_WAY)
    Payment.objects.filter(pk=payment.pk).update(
        amount_refunded=F("amount_refunded") + amount * refunded,
        amount_refunding=F("amount_refunding") + amount * refunding,
    )


@transactional
def mark_refunded_if_all_back(payment: Payment, *, by: str) -> None:
    """The order is refunded once every cent of its payments is back. Safe to repeat."""
    order = Order.objects.get(pk=payment.order_id)
    if order.status in UNPAID or not _is_all_back(order):
        return
    order.move_to(OrderStatus.REFUNDED, by=by, note="Tout a été remboursé.")


def _undo_if_not_all_back(payment: Payment, *, by: str) -> None:
    """A refund that had succeeded failed after all: the order goes back."""
    order = Order.objects.get(pk=payment.order_id)
    if not _is_all_back(order):
        order.undo_refund(by=by, note="Le remboursement a échoué.")
        mail_after_all(order)


def _is_all_back(order: Order) -> bool:
    collected = list(order.payments.filter(status=PaymentStatus.COMPLETED))
    return bool(collected) and all(one.is_fully_refunded for one in collected)


def _tell(
    refund: Refund, *, before: RefundStatus | None, after: RefundStatus, reason: str
) -> None:
    """The customer of a success, the people of the shop of a failure."""
    if after == RefundStatus.SUCCEEDED:
        announce(
            "refunded",
            key=f"refunded:{refund.pk}",
            refund_id=str(refund.pk),
            order_id=str(refund.payment.order_id),
        )
    elif after in REFUND_DID_NOT_WORK:
        raise_alert(
            "refund_failed",
            about=str(refund.pk),
            order_id=refund.payment.order_id,
            order=refund.order_number,
            amount=refund.amount,
            currency=refund.currency,
            reason=reason,
            had_succeeded=str(before == RefundStatus.SUCCEEDED),
        )
