"""What Stripe says about a subscription, applied to our books. The only way in."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.timezone import now

from lumira.kit.db import transactional
from lumira.kit.log_context import told_in_log
from lumira.outbox.announcing import announce
from payments.alerts import raise_alert
from payments.gateway import SubscriptionSnapshot
from payments.models import RecurringPrice, Subscription, SubscriptionEvent
from payments.status import (
    ENDED_SUBSCRIPTION,
    GOING_ON,
    PaymentStatus,
    SubscriptionStatus,
)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What people are told about when it changes."""

    status: str
    stops_at_period_end: bool
    amount: int

    @classmethod
    def of(cls, subscription: Subscription) -> "_Standing":
        return cls(
            status=subscription.status,
            stops_at_period_end=subscription.stops_at_period_end,
            amount=subscription.amount,
        )


@told_in_log
@transactional
def apply_subscription(
    subscription: Subscription, told: SubscriptionSnapshot, *, by: str, note: str = ""
) -> bool:
    """Bring one subscription to what Stripe says. Repeat at will.

    What has ended stays ended. When Stripe speaks of another customer or mode than
    this row is about, nothing changes, an alert goes out, and the answer is False.
    """
    subscription.refresh_from_db()
    if problem := _mismatch(subscription, told):
        raise_alert(
            "subscription_mismatch", about=told.subscription_id, problem=problem
        )
        return False
    if subscription.status in ENDED_SUBSCRIPTION:
        return True
    before = _Standing.of(subscription)
    same = Subscription.objects.filter(pk=subscription.pk, **asdict(before))
    if not same.update(**_facts(subscription, told)):
        # Beaten to it: look again.
        return apply_subscription(subscription, told, by=by, note=note)
    subscription.refresh_from_db()
    is_said = _is_last_line(subscription, by=by, note=note)
    if _Standing.of(subscription) != before or (note and not is_said):
        _tell(subscription, before, by=by, note=note)
    return True


def _mismatch(subscription: Subscription, told: SubscriptionSnapshot) -> str:
    known = subscription.stripe_id
    # Of one we know, the customer may be gone, and replaced for later purchases.
    customer = told.customer_id if known else subscription.customer.stripe_id
    checks = {
        "subscription": (known or told.subscription_id, told.subscription_id),
        "customer": (customer, told.customer_id),
        "livemode": (subscription.livemode, told.livemode),
    }
    return "; ".join(
        f"{name}: ours {ours}, Stripe's {theirs}"
        for name, (ours, theirs) in checks.items()
        if ours != theirs
    )


def _facts(subscription: Subscription, told: SubscriptionSnapshot) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "stripe_id": told.subscription_id,
        "status": told.status,
        "amount": told.amount,
        "currency": told.currency,
        "period_end": told.period_end,
        "stops_at_period_end": told.stops_at_period_end,
        "ended_at": told.ended_at,
        "end_reason": told.end_reason[:40],
        "updated_at": now(),
    }
    if told.card:
        facts |= {
            "card_brand": told.card.brand[:30],
            "card_last4": told.card.last4[:4],
            "card_expires": told.card.expires[:7],
        }
    if price := RecurringPrice.objects.filter(stripe_id=told.price_id).first():
        facts["price"] = price
    return facts


def _is_last_line(subscription: Subscription, *, by: str, note: str) -> bool:
    """A second click of the same person is no second line of history."""
    last = subscription.events.order_by("-at").first()
    return last is not None and (last.by, last.note) == (by, note)


def _tell(subscription: Subscription, before: _Standing, *, by: str, note: str) -> None:
    """Write the line of history, and to the customer what concerns them."""
    SubscriptionEvent.objects.create(
        subscription=subscription, status=subscription.status, by=by, note=note
    )
    if subscription.amount != before.amount and subscription.status in GOING_ON:
        _announce(
            "subscription_price_moved",
            subscription,
            amount=subscription.amount,
            amount_before=before.amount,
        )
    if subscription.status != before.status:
        has_begun = subscription.first_payment.status == PaymentStatus.COMPLETED
        if subscription.status == SubscriptionStatus.CANCELED and has_begun:
            _announce("subscription_ended", subscription)
        return
    if subscription.stops_at_period_end != before.stops_at_period_end:
        topic = "stopping" if subscription.stops_at_period_end else "resumed"
        _announce(f"subscription_{topic}", subscription)


def _announce(topic: str, subscription: Subscription, **figures: int) -> None:
    # Once for each change: the conditional UPDATE before let one caller come here.
    announce(
        topic,
        key=f"{topic}:{uuid.uuid4()}",
        subscription_id=str(subscription.pk),
        order_id=str(subscription.first_order_id),
        **figures,
    )
