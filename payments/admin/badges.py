"""The colours of the money's states, the same on every page of the admin."""

from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import badge
from payments.models import ProcessedEvent
from payments.status import (
    ENDED_WELL,
    WAITS_FOR_US,
    DisputeStatus,
    InvoiceStatus,
    PaymentStatus,
    RefundStatus,
    SubscriptionStatus,
)
from payments.webhooks.registry import Outcome

PAYMENT_COLOURS = {
    PaymentStatus.PENDING: "",
    PaymentStatus.PROCESSING: "info",
    PaymentStatus.COMPLETED: "success",
    PaymentStatus.FAILED: "danger",
    PaymentStatus.CANCELLED: "",
}

REFUND_COLOURS = {
    RefundStatus.PENDING: "info",
    RefundStatus.REQUIRES_ACTION: "warning",
    RefundStatus.SUCCEEDED: "success",
    RefundStatus.FAILED: "danger",
    RefundStatus.CANCELED: "",
}

DISPUTE_COLOURS = {status: "warning" for status in WAITS_FOR_US} | {
    status: "success" for status in ENDED_WELL
}

SUBSCRIPTION_COLOURS = {
    SubscriptionStatus.INCOMPLETE: "",
    SubscriptionStatus.INCOMPLETE_EXPIRED: "",
    SubscriptionStatus.TRIALING: "info",
    SubscriptionStatus.ACTIVE: "success",
    SubscriptionStatus.PAST_DUE: "danger",
    SubscriptionStatus.UNPAID: "danger",
    SubscriptionStatus.PAUSED: "warning",
    SubscriptionStatus.CANCELED: "",
}

INVOICE_COLOURS = {
    InvoiceStatus.DRAFT: "",
    InvoiceStatus.OPEN: "warning",
    InvoiceStatus.PAID: "success",
    InvoiceStatus.VOID: "",
    InvoiceStatus.UNCOLLECTIBLE: "danger",
}

OUTCOMES: dict[str, tuple[str, str]] = {
    Outcome.APPLIED: ("Appliqué", "success"),
    Outcome.IGNORED: ("Sans effet", ""),
    Outcome.FOREIGN: ("Autre produit", ""),
    Outcome.REFUSED: ("Contredit nos comptes", "danger"),
}


def payment_badge(status: str) -> SafeString:
    known = PaymentStatus(status)
    return badge(known.label, PAYMENT_COLOURS[known])


def refund_badge(status: str) -> SafeString:
    known = RefundStatus(status)
    return badge(known.label, REFUND_COLOURS[known])


def dispute_badge(status: str) -> SafeString:
    known = DisputeStatus(status)
    lost = "danger" if known == DisputeStatus.LOST else "info"
    return badge(known.label, DISPUTE_COLOURS.get(known, lost))


def subscription_badge(status: str) -> SafeString:
    known = SubscriptionStatus(status)
    return badge(known.label, SUBSCRIPTION_COLOURS[known])


def invoice_badge(status: str) -> SafeString:
    known = InvoiceStatus(status)
    return badge(known.label, INVOICE_COLOURS[known])


def event_badge(event: ProcessedEvent) -> SafeString:
    """What came of it, or that it failed and waits to be sent again."""
    if not event.processed:
        return badge("Échoué", "danger")
    return badge(*OUTCOMES.get(event.outcome, ("Traité", "success")))


def mode_badge(livemode: bool) -> SafeString:
    return badge("Réel", "primary") if livemode else badge("Test")
