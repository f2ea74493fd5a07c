"""What a person gets of the money's books: sums, dates and states, no secrets."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from orders.privacy.person import Person
from payments.models import (
    Customer,
    Dispute,
    Invoice,
    Payment,
    Refund,
    Subscription,
    SubscriptionEvent,
)

Rows = list[dict[str, Any]]

PAYMENT = (
    *("order_number", "amount", "currency", "status", "livemode", "intent_id"),
    *("failure_code", "decline_code", "amount_refunded", "amount_refunding"),
    *("created_at", "completed_at"),
)
REFUND = (
    *("order_number", "amount", "currency", "status", "reason", "failure_reason"),
    *("created_at", "updated_at"),
)
DISPUTE = (
    *("order_number", "amount", "currency", "status", "reason"),
    *("created_at", "updated_at"),
)
SUBSCRIPTION = (
    *("order_number", "email", "status", "amount", "currency", "period_end"),
    *("stops_at_period_end", "ended_at", "card_brand", "card_last4", "card_expires"),
    "created_at",
)
SUBSCRIPTION_EVENT = ("status", "note", "at")
INVOICE = (
    *("number", "status", "amount_due", "amount_paid", "currency", "attempt_count"),
    "created_at",
)
CUSTOMER = ("email", "livemode", "stripe_id", "created_at")


def export_money(person: Person) -> Mapping[str, Rows]:
    payments = Payment.objects.filter(order_id__in=person.order_ids)
    ids = list(payments.values_list("pk", flat=True))
    mine = Subscription.objects.filter(first_order_id__in=person.order_ids)
    begun = list(mine.values_list("pk", flat=True))
    customers = Customer.objects.filter(email=person.email, erasure=None)
    events = SubscriptionEvent.objects.filter(subscription_id__in=begun)
    return {
        "paiements": _rows(payments.order_by("created_at"), PAYMENT),
        "remboursements": _rows(Refund.objects.filter(payment_id__in=ids), REFUND),
        "litiges": _rows(Dispute.objects.filter(payment_id__in=ids), DISPUTE),
        "abonnements": _rows(mine.order_by("created_at"), SUBSCRIPTION),
        "historique-abonnements": _rows(events, SUBSCRIPTION_EVENT),
        "factures": _rows(Invoice.objects.filter(subscription_id__in=begun), INVOICE),
        "client-enregistre": _rows(customers if person.email else [], CUSTOMER),
    }


def _rows(found: Iterable[Model], fields: tuple[str, ...]) -> Rows:
    return [{name: getattr(row, name) for name in fields} for row in found]
