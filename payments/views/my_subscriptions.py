"""The part of "Mes commandes" above the orders: what goes on, and what has ended."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from orders.my_sections import add_my_section
from payments.models import Subscription
from payments.subscription_state import (
    NEVER_BEGAN,
    WORDS,
    SubscriptionStanding,
    subscription_standing,
)
from payments.subscriptions.terms import next_charge_of, price_of


@add_my_section
def my_subscriptions(email: str) -> SafeString:
    """The subscriptions of this address, newest first; nothing if there are none."""
    mine = Subscription.objects.filter(email=email).exclude(
        status__in=sorted(NEVER_BEGAN)
    )
    rows = [
        _row(subscription)
        for subscription in mine.prefetch_related(
            "first_order__service", "first_order__expert", "price"
        ).order_by("-created_at")
    ]
    return render_to_string("subscriptions/_list.html", {"rows": rows})


def _row(subscription: Subscription) -> dict[str, object]:
    standing = subscription_standing(subscription)
    return {
        "subscription": subscription,
        "service": subscription.first_order.service,
        "expert": subscription.first_order.expert,
        "standing": standing,
        "standing_text": WORDS[standing],
        "price_text": price_of(subscription),
        "is_late": standing == SubscriptionStanding.LATE,
        "next_charge_on": next_charge_of(subscription),
    }
