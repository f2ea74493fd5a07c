"""How long Stripe's events, and customers without orders, are kept."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils.timezone import now

from lumira.kit.db import transactional
from orders.models import Erasure, Order
from orders.models.erasure import ErasureReason
from orders.privacy.retention import WORKER, add_period
from payments.models import Customer, ProcessedEvent, Subscription
from payments.privacy.forget import forget_customers

BATCH = 500
# A checkout that goes on has its order within minutes.
TIME_FOR_AN_ORDER = timedelta(days=1)


@add_period("events", "événements traités")
def old_events(*, dry_run: bool) -> int:
    """Applied long ago: Stripe repeats them for three days, and lists them for thirty.

    What is not processed stays until a person has looked.
    """
    before = now() - timedelta(days=settings.KEEP_EVENTS_DAYS)
    old = ProcessedEvent.objects.filter(received_at__lt=before, processed=True)
    return old.count() if dry_run else old.delete()[0]


@add_period("customers", "clients sans commande")
def customers_without_orders(*, dry_run: bool) -> int:
    """Whose last order was erased, or who never had one: at Stripe too."""
    before = now() - TIME_FOR_AN_ORDER
    rows = Customer.objects.filter(erasure=None, created_at__lt=before)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    count = 0
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        count += len(_needless(batch)) if dry_run else _forget(batch)
    return count


@transactional
def _forget(keys: list[UUID]) -> int:
    needless = _needless(keys)
    if not needless:
        return 0
    erasure = Erasure.objects.create(by=WORKER, reason=ErasureReason.RETENTION)
    count = forget_customers(needless, erasure)
    Erasure.objects.filter(pk=erasure.pk).update(counts={"customers": count})
    return count


def _needless(keys: list[UUID]) -> list[Customer]:
    rows = list(Customer.objects.filter(pk__in=keys, erasure=None))
    buyers = set(
        Order.objects.filter(email__in=[row.email for row in rows]).values_list(
            "email", flat=True
        )
    )
    subscribed = set(
        Subscription.objects.filter(customer_id__in=[row.pk for row in rows])
        .exclude(email="")
        .values_list("customer_id", flat=True)
    )
    return [r for r in rows if r.email not in buyers and r.pk not in subscribed]
