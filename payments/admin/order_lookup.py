"""Which orders an id of Stripe's belongs to: for the search among orders."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from orders.admin.order_search import add_order_lookup
from orders.models import Order
from payments.models import (
    Dispute,
    FraudWarning,
    Invoice,
    Payment,
    ProcessedEvent,
    Refund,
    Subscription,
)

# py_ and pyr_: what is paid without a card; du_: how disputes are called today.
OF_PAYMENT = {"pi": "intent_id", "ch": "charge_id", "py": "charge_id"}
ON_PAYMENT = {
    "re": Refund,
    "pyr": Refund,
    "dp": Dispute,
    "du": Dispute,
    "issfr": FraudWarning,
}


@add_order_lookup
def orders_with(stripe_id: str) -> Collection[UUID]:
    """The orders of an intent, charge, refund, dispute, subscription, event …

    The whole id, as it is written; an index finds it, and nothing is joined. None for
    any other word, without a query.
    """
    kind, _, rest = stripe_id.partition("_")
    if not rest or "\0" in rest:  # PostgreSQL refuses to look for a NUL
        return []
    if field := OF_PAYMENT.get(kind):
        return _orders(Payment.objects.filter(**{field: stripe_id}))
    if model := ON_PAYMENT.get(kind):
        rows = model._default_manager.filter(stripe_id=stripe_id)
        keys = list(rows.values_list("payment_id", flat=True))
        return _orders(Payment.objects.filter(pk__in=keys)) if keys else []
    if kind == "in":
        bills = Invoice.objects.filter(stripe_id=stripe_id).exclude(payment=None)
        keys = list(bills.values_list("payment_id", flat=True))
        return _orders(Payment.objects.filter(pk__in=keys)) if keys else []
    if kind == "sub":
        begun = Subscription.objects.filter(stripe_id=stripe_id)
        firsts = list(begun.values_list("first_order_id", flat=True))
        return firsts + list(
            Order.objects.filter(renews_id__in=firsts).values_list("pk", flat=True)
        )
    if kind == "evt":
        event = ProcessedEvent.objects.filter(pk=stripe_id).first()
        is_about_more = event and not event.object_id.startswith("evt_")
        return orders_with(event.object_id) if event and is_about_more else []
    return []


def _orders(payments: QuerySet[Payment]) -> list[UUID]:
    return list(payments.values_list("order_id", flat=True).distinct())
