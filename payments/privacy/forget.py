"""Take a person out of the books of money, and out of Stripe's customers."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from uuid import UUID

from django.utils.timezone import now

from orders.models import Erasure
from orders.privacy.person import Person
from payments.gateway import (
    GatewayError,
    GatewayUnavailable,
    NotFound,
    gateway,
    is_live,
)
from payments.models import (
    Customer,
    Payment,
    Refund,
    Subscription,
    SubscriptionEvent,
)
from payments.status import ENDED_SUBSCRIPTION

# A name that no mail reaches (RFC 2606), and no two rows share.
NOWHERE = "erased.invalid"


def forget_person(person: Person, erasure: Erasure) -> Mapping[str, int]:
    """Sums, dates, states and Stripe's ids stay; texts, cards and addresses go.

    Within the transaction of the erasure.
    """
    payments = Payment.objects.filter(order_id__in=person.order_ids)
    ids = list(payments.values_list("pk", flat=True))
    # Written first: of this and news of the same payment, one waits.
    payments.update(updated_at=now(), correlation_id="")
    Refund.objects.filter(payment_id__in=ids).exclude(reason="").update(reason="")
    subscriptions = Subscription.objects.filter(first_order_id__in=person.order_ids)
    begun = list(subscriptions.values_list("pk", "customer_id"))
    subscriptions.update(email="", card_brand="", card_last4="", card_expires="")
    events = SubscriptionEvent.objects.filter(
        subscription_id__in=[pk for pk, _ in begun]
    )
    events.exclude(note="").update(note="")
    customers = _theirs(person, {customer for _, customer in begun})
    return {
        "payments": len(ids),
        "subscriptions": len(begun),
        "customers": forget_customers(customers, erasure),
    }


def forget_customers(customers: Iterable[Customer], erasure: Erasure) -> int:
    """Their rows keep Stripe's id, and the worker deletes them there."""
    count = 0
    for row in customers:
        known = Customer.objects.filter(pk=row.pk, erasure=None)
        count += known.update(email=f"{row.pk}@{NOWHERE}", erasure=erasure)
    return count


def forget_at_stripe() -> None:
    """Delete whom we have forgotten at Stripe too, with their cards. Safe to repeat.

    Payments stay there: Stripe keeps them as the law wants. Raises GatewayError; one
    that Stripe will not delete does not keep the others. A row that only learns
    Stripe's id later is found by the next call, and one made with keys of the other
    mode once those are in force.
    """
    refused: GatewayError | None = None
    left = Customer.objects.exclude(erasure=None).filter(
        gone_at=None, livemode=is_live()
    )
    for row in left.exclude(stripe_id=None):
        # Not there: an earlier call did it, or somebody in the dashboard.
        try:
            with suppress(NotFound):
                gateway().billing.delete_customer(str(row.stripe_id))
        except GatewayUnavailable:
            raise
        except GatewayError as problem:
            refused = problem
        else:
            Customer.objects.filter(pk=row.pk).update(gone_at=now())
    if refused:
        raise refused


def _theirs(person: Person, used: set[UUID]) -> list[Customer]:
    """The rows of their address, and those that were only theirs to pay with."""
    found = {row.pk: row for row in Customer.objects.filter(pk__in=used, erasure=None)}
    if person.email:
        own = Customer.objects.filter(email=person.email, erasure=None)
        found |= {row.pk: row for row in own}
    others = Subscription.objects.filter(customer_id__in=found).exclude(
        first_order_id__in=person.order_ids
    )
    going_on = others.exclude(status__in=sorted(ENDED_SUBSCRIPTION))
    kept = set(going_on.values_list("customer_id", flat=True))
    return [row for key, row in found.items() if key not in kept]
