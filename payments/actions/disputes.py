"""A bank contests a payment, or a network warns of fraud: follow it, and freeze."""

from datetime import timedelta

from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from orders.actions.hold import place_hold, release_hold
from orders.models.hold import HoldReason
from payments.alerts import raise_alert
from payments.gateway import DisputeSnapshot, FraudWarningSnapshot
from payments.models import Dispute, FraudWarning, Payment
from payments.status import ENDED, ENDED_WELL, WAITS_FOR_US, DisputeStatus

# How long before the bank's deadline somebody is told once more.
REMIND_BEFORE = timedelta(hours=48)


@told_in_log
@transactional
def apply_dispute(payment: Payment, snapshot: DisputeSnapshot, *, by: str) -> bool:
    """Bring one dispute and the order's hold to what Stripe says. Repeat at will.

    True for the call that changed something.
    """
    # First the payment: of two pieces of news at once, one waits for the other.
    Payment.objects.filter(pk=payment.pk).update(updated_at=now())
    known = Dispute.objects.filter(stripe_id=snapshot.dispute_id).first()
    facts = {
        "amount": snapshot.amount,
        "currency": snapshot.currency,
        "reason": snapshot.reason,
        "status": snapshot.status,
        "due_by": snapshot.due_by,
        "funds_withdrawn": snapshot.funds_withdrawn,
    }
    if known is None:
        Dispute.objects.create(
            payment=payment,
            order_number=payment.order_number,
            stripe_id=snapshot.dispute_id,
            created_at=snapshot.created_at,
            **facts,
        )
    elif all(getattr(known, name) == value for name, value in facts.items()):
        return False
    elif known.status in ENDED and snapshot.status not in _after_the_end():
        return False  # old news, that was on its way while the end was known
    else:
        Dispute.objects.filter(pk=known.pk).update(**facts, updated_at=now())
    was_over = known is not None and known.status in ENDED_WELL
    _freeze_or_release(payment, snapshot, by=by, again=was_over)
    _alert(payment, snapshot)
    return True


@told_in_log
@transactional
def apply_fraud_warning(
    payment: Payment, snapshot: FraudWarningSnapshot, *, by: str
) -> bool:
    """Store a warning, freeze the order and tell people. Repeat at will."""
    Payment.objects.filter(pk=payment.pk).update(updated_at=now())
    known = FraudWarning.objects.filter(stripe_id=snapshot.warning_id).first()
    if known:
        changed = known.actionable != snapshot.actionable
        if changed:
            FraudWarning.objects.filter(pk=known.pk).update(
                actionable=snapshot.actionable
            )
        return changed
    FraudWarning.objects.create(
        payment=payment,
        order_number=payment.order_number,
        stripe_id=snapshot.warning_id,
        fraud_type=snapshot.fraud_type,
        actionable=snapshot.actionable,
        created_at=snapshot.created_at,
    )
    place_hold(
        payment.order,
        reason=HoldReason.FRAUD_WARNING,
        about=snapshot.warning_id,
        by=by,
    )
    raise_alert(
        "fraud_warning",
        about=snapshot.warning_id,
        order_id=payment.order_id,
        order=payment.order_number,
        fraud_type=snapshot.fraud_type,
    )
    return True


@transactional
def remind_of_deadlines() -> int:
    """Alert once more about disputes that must be answered soon. How many there are."""
    due = Dispute.objects.filter(
        status__in=WAITS_FOR_US, due_by__lte=now() + REMIND_BEFORE
    )
    for dispute in due.prefetch_related("payment"):
        raise_alert(
            "dispute_due",
            about=f"{dispute.stripe_id} {dispute.due_by:%Y-%m-%d}",
            order_id=dispute.payment.order_id,
            order=dispute.order_number,
            due_by=f"{dispute.due_by:%Y-%m-%d %H:%M}",
        )
    return len(due)


def _after_the_end() -> frozenset[str]:
    """A lost dispute can be appealed, and an appeal won."""
    appeals = {DisputeStatus.APPEAL_NEEDS_RESPONSE, DisputeStatus.APPEAL_UNDER_REVIEW}
    return frozenset(appeals | ENDED)


def _freeze_or_release(
    payment: Payment, snapshot: DisputeSnapshot, *, by: str, again: bool
) -> None:
    """Nothing is delivered while the money is contested, or once it is lost."""
    order, about = payment.order, snapshot.dispute_id
    if snapshot.status in ENDED_WELL:
        release_hold(order, reason=HoldReason.DISPUTE, about=about, by=by)
    else:
        place_hold(order, reason=HoldReason.DISPUTE, about=about, by=by, again=again)


def _alert(payment: Payment, snapshot: DisputeSnapshot) -> None:
    raise_alert(
        f"dispute_{snapshot.status}",
        about=snapshot.dispute_id,
        order_id=payment.order_id,
        order=payment.order_number,
        amount=snapshot.amount,
        currency=snapshot.currency,
        reason=snapshot.reason,
        due_by=f"{snapshot.due_by:%Y-%m-%d %H:%M}" if snapshot.due_by else None,
    )
