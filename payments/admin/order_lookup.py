"""Which orders an id of Stripe's belongs to: for the search among orders."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from orders.admin.order_search import add_order_lookup
from payments.models import Dispute, FraudWarning, Payment, ProcessedEvent, Refund

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
    """The order of an intent, charge, refund, dispute, fraud warning or event.

    The whole id, as it is written; an index finds it, and nothing is joined. None for
    any other word, without a query.
    """
    kind, _, rest = stripe_id.partition("_")
    if not rest:
        return []
    if field := OF_PAYMENT.get(kind):
        return _orders(Payment.objects.filter(**{field: stripe_id}))
    if model := ON_PAYMENT.get(kind):
        rows = model._default_manager.filter(stripe_id=stripe_id)
        keys = list(rows.values_list("payment_id", flat=True))
        return _orders(Payment.objects.filter(pk__in=keys)) if keys else []
    if kind == "evt":
        event = ProcessedEvent.objects.filter(pk=stripe_id).first()
        is_about_more = event and not event.object_id.startswith("evt_")
        return orders_with(event.object_id) if event and is_about_more else []
    return []


def _orders(payments: QuerySet[Payment]) -> list[UUID]:
    return list(payments.values_list("order_id", flat=True).distinct())
