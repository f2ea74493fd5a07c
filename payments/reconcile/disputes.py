"""Disputes and fraud warnings: the open ones, and those nobody told us of."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from payments.actions.disputes import apply_dispute, apply_fraud_warning
from payments.find_payment import payment_with
from payments.gateway import (
    DisputeSnapshot,
    FraudWarningSnapshot,
    NotFound,
    gateway,
)
from payments.models import Dispute, FraudWarning, Payment
from payments.reconcile.drift import Drift
from payments.status import ENDED


def survey_open_disputes() -> Iterator[Drift]:
    """Disputes that are not over, however old."""
    for dispute in Dispute.objects.exclude(status__in=ENDED):
        try:
            snapshot = gateway().fetch_dispute(dispute.stripe_id)
        except NotFound:
            continue
        if _differs(dispute, snapshot):
            yield _drift(dispute.payment, snapshot, ours=dispute.status)


def survey_recent_disputes(since: datetime) -> Iterator[Drift]:
    known = {
        row.stripe_id: row for row in Dispute.objects.filter(created_at__gte=since)
    }
    for snapshot in gateway().disputes_since(since):
        payment = payment_with(snapshot.intent_id)
        dispute = known.get(snapshot.dispute_id)
        if payment and dispute is None:
            yield _drift(payment, snapshot, ours="nothing")
        elif payment and dispute and _has_reopened(dispute, snapshot):
            yield _drift(payment, snapshot, ours=dispute.status)


def survey_recent_fraud_warnings(since: datetime) -> Iterator[Drift]:
    recent = FraudWarning.objects.filter(created_at__gte=since)
    known = {row.stripe_id: row.actionable for row in recent}
    for snapshot in gateway().fraud_warnings_since(since):
        payment = payment_with(snapshot.intent_id)
        if payment is None or known.get(snapshot.warning_id) == snapshot.actionable:
            continue
        yield Drift(
            kind="fraud warning",
            about=snapshot.warning_id,
            order=payment.order_number,
            ours=str(known.get(snapshot.warning_id, "nothing")),
            stripes=f"actionable {snapshot.actionable}",
            mend=partial(_mend_warning, payment, snapshot),
        )


def _mend_warning(payment: Payment, snapshot: FraudWarningSnapshot) -> None:
    apply_fraud_warning(payment, snapshot, by="reconcile")


def _has_reopened(dispute: Dispute, snapshot: DisputeSnapshot) -> bool:
    return dispute.status in ENDED and _differs(dispute, snapshot)


def _differs(dispute: Dispute, snapshot: DisputeSnapshot) -> bool:
    return (dispute.status, dispute.due_by, dispute.funds_withdrawn) != (
        snapshot.status,
        snapshot.due_by,
        snapshot.funds_withdrawn,
    )


def _drift(payment: Payment, snapshot: DisputeSnapshot, *, ours: str) -> Drift:
    def mend() -> None:
        apply_dispute(payment, snapshot, by="reconcile")

    return Drift(
        kind="dispute",
        about=snapshot.dispute_id,
        order=payment.order_number,
        ours=ours,
        stripes=snapshot.status,
        mend=mend,
    )
