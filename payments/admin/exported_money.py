"""The columns of the payments' and the refunds' files."""

from collections.abc import Iterator, Sequence

from django.utils import translation

from lumira.kit.money import main_units
from lumira.kit.spreadsheets import Row
from payments.models import Payment, Refund
from payments.models.refund import Origin
from payments.status import PaymentStatus, RefundStatus

PAYMENT_TITLES = (
    "Commande",
    "Créé le",
    "Encaissé le",
    "État",
    "Montant",
    "Remboursé",
    "En cours de remboursement",
    "Devise",
    "Mode",
    "PaymentIntent",
    "Charge",
)
REFUND_TITLES = (
    "Commande",
    "Demandé le",
    "État",
    "Montant",
    "Devise",
    "Origine",
    "Demandé par",
    "Motif",
    "Refund",
)


def payment_rows(payments: Sequence[Payment]) -> Iterator[Row]:
    """A row for each payment, of PAYMENT_TITLES."""
    # A file is written when the request, and its language, are over.
    with translation.override("fr"):
        states = {state.value: str(state.label) for state in PaymentStatus}
    for payment in payments:
        currency = payment.currency
        yield (
            payment.order_number,
            payment.created_at,
            payment.completed_at,
            states[payment.status],
            main_units(payment.amount, currency),
            main_units(payment.amount_refunded, currency),
            main_units(payment.amount_refunding, currency),
            currency.upper(),
            "réel" if payment.livemode else "test",
            payment.intent_id,
            payment.charge_id,
        )


def refund_rows(refunds: Sequence[Refund]) -> Iterator[Row]:
    """A row for each refund, of REFUND_TITLES."""
    with translation.override("fr"):
        states = {state.value: str(state.label) for state in RefundStatus}
        origins = {origin.value: str(origin.label) for origin in Origin}
    for refund in refunds:
        yield (
            refund.order_number,
            refund.created_at,
            states[refund.status],
            main_units(refund.amount, refund.currency),
            refund.currency.upper(),
            origins[refund.origin],
            refund.requested_by,
            refund.reason,
            refund.stripe_id,
        )
