"""The life of an order and of the work on it. Change the business here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    PENDING = "pending", _("En attente de paiement")
    PAID = "paid", _("Payée")
    PROCESSING = "processing", _("En préparation")
    AWAITING_VALIDATION = "awaiting_validation", _("En validation")
    COMPLETED = "completed", _("Livrée")
    FAILED = "failed", _("Paiement échoué")
    REFUNDED = "refunded", _("Remboursée")


S = OrderStatus
MOVES: dict[str, frozenset[str]] = {
    S.PENDING: frozenset({S.PAID, S.FAILED}),
    S.FAILED: frozenset({S.PAID}),  # the customer tried again
    S.PAID: frozenset({S.PROCESSING, S.REFUNDED}),
    S.PROCESSING: frozenset({S.AWAITING_VALIDATION, S.REFUNDED}),
    S.AWAITING_VALIDATION: frozenset({S.COMPLETED, S.PROCESSING, S.REFUNDED}),
    S.COMPLETED: frozenset({S.REFUNDED}),
    # Back to where it was when a refund fails after all: not a move of this
    # table, because only the history knows where that was.
    S.REFUNDED: frozenset(),
}

# Work on the order. Frozen while it is on hold.
WORK = frozenset({S.PROCESSING, S.AWAITING_VALIDATION, S.COMPLETED})

UNPAID = frozenset({S.PENDING, S.FAILED})


class InvalidMove(Exception):
    """The order cannot go from where it is to where it was asked to go."""


class OrderOnHold(InvalidMove):
    """Nobody works on this order until its hold is released."""


class ReviewStatus(models.TextChoices):
    """The expert's work."""

    PENDING = "pending", _("À faire")
    APPROVED = "approved", _("Approuvée")
    REJECTED = "rejected", _("Refusée")
    REVISION_NEEDED = "revision_needed", _("À reprendre")


# An expert has the order in hand. At most one at a time.
UNDER_WAY = frozenset({ReviewStatus.PENDING, ReviewStatus.REVISION_NEEDED})


class ValidationStatus(models.TextChoices):
    """The validator's decision on one revision."""

    PENDING = "pending", _("En attente")
    APPROVED = "approved", _("Approuvée")
    REJECTED = "rejected", _("Refusée")
