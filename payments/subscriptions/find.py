"""Which of our subscriptions Stripe is talking about."""

from collections.abc import Collection
from uuid import UUID

from payments.models import RecurringPrice, Subscription


def subscription_of(stripe_id: str, our_id: str) -> Subscription | None:
    """Our row for Stripe's id, or for the id of ours in the metadata; None: foreign.

    News may be faster than the answer that told us Stripe's id, or that answer was
    lost: then the metadata leads to the row that is still without one.
    """
    if not stripe_id:
        return None
    if known := Subscription.objects.filter(stripe_id=stripe_id).first():
        return known
    try:
        return Subscription.objects.filter(pk=UUID(our_id), stripe_id=None).first()
    except ValueError:
        return None


def is_our_price(price_ids: Collection[str]) -> bool:
    """Whether one of these is a price of our catalogue."""
    return RecurringPrice.objects.filter(stripe_id__in=list(price_ids)).exists()
