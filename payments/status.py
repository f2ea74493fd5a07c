"""The life of a payment and of a refund, and Stripe's words for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaymentStatus(models.TextChoices):
    """One attempt to collect the price. The API's `status` (SPEC §4)."""

    PENDING = "pending", _("En attente")
    PROCESSING = "processing", _("En attente de confirmation")
    COMPLETED = "completed", _("Encaissé")
    FAILED = "failed", _("Refusé")
    CANCELLED = "cancelled", _("Annulé")


P = PaymentStatus

# The customer can still pay these: one of them at most exists per order.
OPEN = frozenset({P.PENDING, P.PROCESSING, P.FAILED})

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
