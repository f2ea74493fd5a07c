"""The lives of a payment, a refund and a dispute, and Stripe's words for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaymentStatus(models.TextChoices):
    """One attempt to collect the price. The API's `status`."""

    PENDING = "pending", _("En attente")
    PROCESSING = "processing", _("En attente de confirmation")
    COMPLETED = "completed", _("Encaissé")
    FAILED = "failed", _("Refusé")
    CANCELLED = "cancelled", _("Annulé")


P = PaymentStatus

# The customer can still pay these: one of them at most exists per order.
OPEN = frozenset({P.PENDING, P.PROCESSING, P.FAILED})

# A try that brought no money. The order stays payable.
DID_NOT_WORK = frozenset({P.FAILED, P.CANCELLED})

# What Stripe's news may change. A success is never undone. A cancelled attempt
# moves only if Stripe collected it after all: money that arrives is never denied.
MOVES: dict[str, frozenset[str]] = {
    P.PENDING: frozenset({P.PROCESSING, P.COMPLETED, P.FAILED, P.CANCELLED}),
    P.PROCESSING: frozenset({P.PENDING, P.COMPLETED, P.FAILED, P.CANCELLED}),
    P.FAILED: frozenset({P.PENDING, P.PROCESSING, P.COMPLETED, P.CANCELLED}),
    P.CANCELLED: frozenset({P.COMPLETED}),
    P.COMPLETED: frozenset(),
}

# A declined card is not an end: Stripe puts the intent back to
# requires_payment_method and the customer tries again on the same one.
# https://docs.stripe.com/payments/paymentintents/lifecycle
FROM_STRIPE = {
    "requires_payment_method": P.PENDING,  # FAILED when it carries an error
    "requires_confirmation": P.PENDING,
    "requires_action": P.PENDING,
    "requires_capture": P.PROCESSING,
    "processing": P.PROCESSING,
    "succeeded": P.COMPLETED,
    "canceled": P.CANCELLED,
}


class RefundStatus(models.TextChoices):
    """https://docs.stripe.com/api/refunds/object#refund_object-status"""

    PENDING = "pending", _("En cours")
    REQUIRES_ACTION = "requires_action", _("Attend le client")
    SUCCEEDED = "succeeded", _("Remboursé")
    FAILED = "failed", _("Échoué")
    CANCELED = "canceled", _("Annulé")


R = RefundStatus

# Money that stays, or came back: it can be refunded again.
REFUND_DID_NOT_WORK = frozenset({R.FAILED, R.CANCELED})
# Money on its way back: it counts against what can still be refunded.
ON_THE_WAY = frozenset({R.PENDING, R.REQUIRES_ACTION})
# A refund may fail after it succeeded (the bank sends the money back to Stripe);
# a failed one stays failed.
REFUND_MOVES: dict[str, frozenset[str]] = {
    R.PENDING: frozenset({R.REQUIRES_ACTION, R.SUCCEEDED, R.FAILED, R.CANCELED}),
    R.REQUIRES_ACTION: frozenset({R.PENDING, R.SUCCEEDED, R.FAILED, R.CANCELED}),
    R.SUCCEEDED: frozenset({R.FAILED}),
    R.FAILED: frozenset(),
    R.CANCELED: frozenset(),
}
# What does not change any more, so that a signed event is proof enough.
CONCLUSIVE_REFUND = frozenset({R.SUCCEEDED, R.FAILED, R.CANCELED})


class DisputeStatus(models.TextChoices):
    """https://docs.stripe.com/api/disputes/object#dispute_object-status"""

    WARNING_NEEDS_RESPONSE = "warning_needs_response", _("Alerte : à répondre")
    WARNING_UNDER_REVIEW = "warning_under_review", _("Alerte : à l’étude")
    WARNING_CLOSED = "warning_closed", _("Alerte close")
    NEEDS_RESPONSE = "needs_response", _("À répondre")
    UNDER_REVIEW = "under_review", _("À l’étude")
    WON = "won", _("Gagné")
    LOST = "lost", _("Perdu")
    PREVENTED = "prevented", _("Évité")
    APPEAL_NEEDS_RESPONSE = "appeal_needs_response", _("Appel : à répondre")
    APPEAL_UNDER_REVIEW = "appeal_under_review", _("Appel : à l’étude")


D = DisputeStatus
WAITS_FOR_US = frozenset(
    {D.WARNING_NEEDS_RESPONSE, D.NEEDS_RESPONSE, D.APPEAL_NEEDS_RESPONSE}
)
# Over, and in our favour: the order goes on.
ENDED_WELL = frozenset({D.WON, D.WARNING_CLOSED, D.PREVENTED})
ENDED = ENDED_WELL | {D.LOST}
# Stripe refuses a refund while the bank holds the money of a real dispute.
# https://docs.stripe.com/disputes/responding
BLOCKS_REFUND = (
    frozenset(D)
    - ENDED_WELL
    - {
        D.WARNING_NEEDS_RESPONSE,
        D.WARNING_UNDER_REVIEW,
    }
)


class SubscriptionStatus(models.TextChoices):
    """https://docs.stripe.com/api/subscriptions/object#subscription_object-status"""

    INCOMPLETE = "incomplete", _("Premier paiement attendu")
    INCOMPLETE_EXPIRED = "incomplete_expired", _("Jamais commencé")
    TRIALING = "trialing", _("À l’essai")
    ACTIVE = "active", _("En cours")
    PAST_DUE = "past_due", _("Paiement en retard")
    UNPAID = "unpaid", _("Impayé")
    PAUSED = "paused", _("En pause")
    CANCELED = "canceled", _("Terminé")


SUB = SubscriptionStatus
# Stripe brings neither back to life.
ENDED_SUBSCRIPTION = frozenset({SUB.INCOMPLETE_EXPIRED, SUB.CANCELED})
# The customer has it: it can be stopped, or paid with another card.
GOING_ON = frozenset({SUB.TRIALING, SUB.ACTIVE, SUB.PAST_DUE, SUB.UNPAID, SUB.PAUSED})


class InvoiceStatus(models.TextChoices):
    """https://docs.stripe.com/api/invoices/object#invoice_object-status"""

    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("À payer")
    PAID = "paid", _("Payée")
    VOID = "void", _("Annulée")
    UNCOLLECTIBLE = "uncollectible", _("Irrécouvrable")


INV = InvoiceStatus
# https://docs.stripe.com/invoicing/overview#invoice-statuses: what each can become.
INVOICE_MOVES: dict[str, frozenset[str]] = {
    INV.DRAFT: frozenset({INV.OPEN, INV.PAID, INV.VOID, INV.UNCOLLECTIBLE}),
    INV.OPEN: frozenset({INV.PAID, INV.VOID, INV.UNCOLLECTIBLE}),
    INV.UNCOLLECTIBLE: frozenset({INV.PAID, INV.VOID}),
    INV.PAID: frozenset(),
    INV.VOID: frozenset(),
}
