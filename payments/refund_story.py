"""What a customer is told of the money that goes back to them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lumira.kit.money import money
from payments.models import Payment, Refund
from payments.status import RefundStatus
from payments.story_step import Step, StepState

R = RefundStatus


def refund_steps(attempts: Iterable[Payment]) -> list[Step]:
    """Each refund with its sum and how it stands, the oldest first."""
    payments = [payment.pk for payment in attempts]
    refunds = Refund.objects.filter(payment__in=payments).order_by("created_at")
    return [_step(refund) for refund in refunds]


def _step(refund: Refund) -> Step:
    title, text, state = _told(R(refund.status))
    amount = {"amount": money(refund.amount, refund.currency)}
    return Step(title % amount, text, state, at=refund.created_at)


def _told(status: RefundStatus) -> tuple[str, str, StepState]:
    """Title with a place for the amount, text, state."""
    if status == R.SUCCEEDED:
        return (
            _("%(amount)s remboursés"),
            _(
                "La somme revient sur le moyen de paiement utilisé. Selon votre "
                "banque, elle peut mettre cinq à dix jours ouvrés à apparaître."
            ),
            StepState.DONE,
        )
    if status == R.PENDING:
        return (
            _("Remboursement de %(amount)s en cours"),
            _("Il est demandé à la banque, qui doit encore le confirmer."),
            StepState.CURRENT,
        )
    if status == R.REQUIRES_ACTION:
        return (
            _("Remboursement de %(amount)s en attente"),
            _("Stripe vous a écrit pour savoir sur quel compte verser la somme."),
            StepState.CURRENT,
        )
    if status == R.FAILED:
        return (
            _("Remboursement de %(amount)s non abouti"),
            _(
                "La banque n’a pas pu verser la somme. Notre équipe est prévenue et "
                "cherche un autre moyen."
            ),
            StepState.HALTED,
        )
    return _("Remboursement de %(amount)s annulé"), "", StepState.DONE
