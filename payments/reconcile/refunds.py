"""Refunds: those on their way, and those nobody told us of."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Sum

from payments.actions.refund import RefundRefused, carry_out
from payments.actions.refund_ledger import apply_refund
from payments.find_payment import payment_with
from payments.gateway import NotFound, RefundSnapshot, gateway
from payments.models import Payment, Refund
from payments.reconcile.drift import Drift
from payments.status import ON_THE_WAY, RefundStatus


def survey_unanswered_refunds() -> Iterator[Drift]:
    """Refunds that were saved here and never acknowledged by Stripe."""
    for refund in Refund.objects.filter(stripe_id=None, status__in=ON_THE_WAY):
        yield Drift(
            kind="refund",
            about=str(refund.pk),
            order=refund.order_number,
            ours=refund.status,
            stripes="not answered",
            mend=partial(_mend_unanswered, refund),
        )


def survey_pending_refunds() -> Iterator[Drift]:
    """Refunds on their way, however old."""
    for refund in Refund.objects.filter(status__in=ON_THE_WAY).exclude(stripe_id=None):
        try:
            snapshot = gateway().fetch_refund(str(refund.stripe_id))
        except NotFound:
            continue
        if snapshot.status != refund.status:
            yield _drift(refund.payment, snapshot, ours=refund.status)


def survey_recent_refunds(since: datetime) -> Iterator[Drift]:
    """Whatever Stripe has refunded of ours since then, dashboard included."""
    for snapshot in gateway().refunds_since(since):
        payment = payment_with(snapshot.intent_id)
        if payment is None:
            continue
        refund = Refund.objects.filter(stripe_id=snapshot.refund_id).first()
        if refund is None and not _waits_here(snapshot):
            yield _drift(payment, snapshot, ours="nothing")
        elif refund and snapshot.status != refund.status:
            yield _drift(payment, snapshot, ours=refund.status)


def survey_sums(since: datetime) -> Iterator[Drift]:
    """Payments whose sums are not those of their refunds: for a person to look at."""
    # In no order: SQLite would rather follow that than the moments of change.
    recent = Refund.objects.filter(updated_at__gte=since).order_by()
    for payment_id in set(recent.values_list("payment_id", flat=True)):
        payment = Payment.objects.get(pk=payment_id)
        kept = (payment.amount_refunded, payment.amount_refunding)
        summed = (
            _sum(payment, {RefundStatus.SUCCEEDED}),
            _sum(payment, ON_THE_WAY),
        )
        if kept != summed:
            yield Drift(
                kind="sums",
                about=str(payment.intent_id),
                order=payment.order_number,
                ours=str(kept),
                stripes=f"refunds add up to {summed}",
                mend=None,
            )


def _mend_unanswered(refund: Refund) -> None:
    try:
        carry_out(refund)
    except RefundRefused:
        return  # an answer too: the row keeps it, and an alert went out
    if refund.stripe_id is None:
        raise RuntimeError(f"{refund} is still not answered")


def _sum(
    payment: Payment, statuses: frozenset[RefundStatus] | set[RefundStatus]
) -> int:
    rows = payment.refunds.filter(status__in=statuses)
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


def _waits_here(snapshot: RefundSnapshot) -> bool:
    """Its row is here and has not heard of its id yet: the other survey has it."""
    try:
        our_id = UUID(snapshot.our_id)
    except ValueError:
        return False
    return Refund.objects.filter(
        pk=our_id, stripe_id=None, status__in=ON_THE_WAY
    ).exists()


def _drift(payment: Payment, snapshot: RefundSnapshot, *, ours: str) -> Drift:
    def mend() -> None:
        apply_refund(payment, snapshot, by="reconcile")
        kept = Refund.objects.get(stripe_id=snapshot.refund_id).status
        if kept != snapshot.status:
            raise RuntimeError(f"{snapshot.refund_id} stays {kept}")

    return Drift(
        kind="refund",
        about=snapshot.refund_id,
        order=payment.order_number,
        ours=ours,
        stripes=f"{snapshot.status} {snapshot.amount} {snapshot.currency}",
        mend=mend,
    )
