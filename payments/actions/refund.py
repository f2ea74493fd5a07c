"""Give money back, at most what was taken, and exactly once for each decision."""

import logging
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from lumira.audit.recording import record
from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from payments.actions.refund_ledger import apply_refund, fail_refund
from payments.gateway import GatewayError, GatewayUnavailable, RefundSnapshot, gateway
from payments.models import Dispute, Payment, Refund
from payments.status import BLOCKS_REFUND, REFUND_DID_NOT_WORK, PaymentStatus

logger = logging.getLogger(__name__)


class RefundRefused(Exception):
    """Nothing was refunded; the text says why, to the clerk."""


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """One decision to give money back, as the person who took it saw things.

    `id` is made where the decision is shown, so that the same form sent twice is one
    refund. `amount` is in minor units. `expected_refundable` is what that form said
    could still be refunded: of two clerks who decide the same thing at once, the
    second is told to look again, while two refunds meant one after the other are two.
    """

    id: UUID
    amount: int
    expected_refundable: int
    reason: str
    by: str


@told_in_log
def request_refund(payment: Payment, asked: RefundRequest) -> Refund:
    """Refund a part or all of a payment, and tell Stripe. Safe to repeat.

    Raises RefundRefused. When Stripe does not answer, the refund stays on its way
    and reconcile goes on with it.
    """
    refund = _reserve(payment, asked)
    if refund.status in REFUND_DID_NOT_WORK:  # this form, again, and its answer again
        raise RefundRefused(_reason_for(refund.failure_reason))
    if refund.stripe_id is None:
        carry_out(refund)
    return refund


def why_not_refundable(payment: Payment) -> str:
    """What Stripe would object to any refund of this payment now; "" if nothing."""
    if payment.status != PaymentStatus.COMPLETED:
        return "Ce paiement n’a pas été encaissé."
    if Dispute.objects.filter(payment=payment, status__in=BLOCKS_REFUND).exists():
        return "La banque du client conteste déjà ce paiement."
    if not payment.amount_refundable:
        return "Tout est déjà remboursé, ou en cours de remboursement."
    return ""


@told_in_log
def carry_out(refund: Refund) -> None:
    """Ask Stripe for a saved refund, and apply its answer. Safe to repeat.

    Stripe forgets keys after a day, so a refund whose answer was lost is looked
    for among the payment's refunds before it is asked for once more. Only Stripe's
    refusal to make it fails it: whatever stops us from looking says nothing of it.
    """
    try:
        found = _find_at_stripe(refund)
    except GatewayError as problem:
        logger.warning("Refund %s cannot be looked for: %s", refund.pk, problem)
        return
    try:
        snapshot = found or _create_at_stripe(refund)
    except GatewayUnavailable as problem:
        logger.warning("Refund %s waits for Stripe: %s", refund.pk, problem)
    except GatewayError as problem:
        fail_refund(refund, code=problem.code or "refused")
        raise RefundRefused(_reason_for(problem.code)) from problem
    else:
        apply_refund(refund.payment, snapshot, by=refund.requested_by)
    refund.refresh_from_db()


def _reserve(payment: Payment, asked: RefundRequest) -> Refund:
    if earlier := Refund.objects.filter(pk=asked.id).first():
        return earlier
    try:
        return _save_refund(payment, asked)
    except (IntegrityError, RefundRefused):
        # The same form, twice at once: the other one has saved the row.
        if earlier := Refund.objects.filter(pk=asked.id).first():
            return earlier
        raise


@transactional
def _save_refund(payment: Payment, asked: RefundRequest) -> Refund:
    """Take the amount off what is refundable, and save the row, or neither."""
    payment.refresh_from_db()
    if asked.amount < 1:
        raise RefundRefused("Indiquez un montant.")
    if problem := why_not_refundable(payment):
        raise RefundRefused(problem)
    if payment.amount_refundable != asked.expected_refundable:
        raise RefundRefused(
            "Un remboursement a été fait entre-temps. Vérifiez, puis recommencez."
        )
    room = Payment.objects.filter(
        pk=payment.pk,
        status=PaymentStatus.COMPLETED,
        amount_refunded=payment.amount_refunded,
        amount_refunding=payment.amount_refunding,
        amount__gte=F("amount_refunded") + F("amount_refunding") + asked.amount,
    )
    if not room.update(amount_refunding=F("amount_refunding") + asked.amount):
        raise RefundRefused("Le montant dépasse ce qui peut encore être remboursé.")
    refund = Refund.objects.create(
        id=asked.id,
        payment=payment,
        order_number=payment.order_number,
        amount=asked.amount,
        currency=payment.currency,
        reason=asked.reason,
        requested_by=asked.by,
    )
    # Not the reason: it is free text, and may speak of the customer.
    record(
        "refund.requested",
        by=asked.by,
        about=refund,
        after={
            "order": payment.order_number,
            "amount": asked.amount,
            "currency": payment.currency,
        },
    )
    return refund


def _find_at_stripe(refund: Refund) -> RefundSnapshot | None:
    ours = str(refund.pk)
    known = gateway().refunds_of(_intent_id(refund))
    return next((snapshot for snapshot in known if snapshot.our_id == ours), None)


def _create_at_stripe(refund: Refund) -> RefundSnapshot:
    return gateway().create_refund(
        intent_id=_intent_id(refund),
        amount=refund.amount,
        metadata={"refundId": str(refund.pk), "orderId": str(refund.payment.order_id)},
        idempotency_key=refund.idempotency_key,
    )


def _intent_id(refund: Refund) -> str:
    # A completed payment always has one: it is how we know that it completed.
    return str(refund.payment.intent_id)


def _reason_for(code: str) -> str:
    reasons = {
        "charge_already_refunded": "Stripe a déjà tout remboursé.",
        "charge_disputed": "La banque du client conteste déjà ce paiement.",
        "insufficient_funds": "Le solde Stripe ne suffit pas.",
        "amount_too_large": "Le montant dépasse ce qui peut encore être remboursé.",
    }
    return reasons.get(code, f"Stripe a refusé le remboursement ({code or '?'}).")
