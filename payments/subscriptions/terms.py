"""What a person agrees to who subscribes: the sum, how often, and from when."""

import calendar
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from lumira.kit.money import money
from orders.models import Order
from orders.models.service import Billing
from payments.models import Subscription
from payments.status import ENDED_SUBSCRIPTION, PaymentStatus, SubscriptionStatus

MONTHS = {Billing.MONTH.value: 1, Billing.YEAR.value: 12}


@dataclass(frozen=True, slots=True)
class Terms:
    """`amount` in minor units, each `period` ("month" or "year")."""

    amount: int
    currency: str
    period: str
    next_charge_on: date
    stops: bool = False

    @property
    def price_text(self) -> str:
        return price_per_period(self.amount, self.currency, self.period)


def price_per_period(amount: int, currency: str, period: str) -> str:
    """97,00 € par mois, in the active language. `amount` in minor units."""
    words = {
        Billing.MONTH.value: _("%(amount)s par mois"),
        Billing.YEAR.value: _("%(amount)s par an"),
    }
    return words[period] % {"amount": money(amount, currency)}


def terms_of(order: Order) -> Terms | None:
    """What this order's subscription costs from now on; None for a single purchase.

    Before the subscription exists: as if it began today.
    """
    service = order.service
    if not service.is_recurring:
        return None
    begun = _subscription(order)
    if begun is None:
        next_charge = one_period_after(localdate(), service.billing)
        return Terms(order.amount, order.currency, service.billing, next_charge)
    next_charge = (
        localdate(begun.period_end)
        if begun.period_end
        else one_period_after(localdate(begun.created_at), service.billing)
    )
    return Terms(
        amount=begun.amount,
        currency=begun.currency,
        period=service.billing,
        next_charge_on=next_charge,
        stops=begun.stops_at_period_end or begun.status in ENDED_SUBSCRIPTION,
    )


def price_of(subscription: Subscription) -> str:
    """What the next periods cost: 97,00 € par mois."""
    return price_per_period(
        subscription.amount, subscription.currency, subscription.price.interval
    )


def next_charge_of(subscription: Subscription) -> date | None:
    """The day of the next charge, if there is to be one, and it is known."""
    if subscription.stops_at_period_end or subscription.status in ENDED_SUBSCRIPTION:
        return None
    end = subscription.period_end
    # What is past was charged already: the news of it is not here yet.
    return localdate(end) if end and end > now() else None


def one_period_after(day: date, billing: str) -> date:
    """The same day of the next month or year; the last one where there is none.

    https://docs.stripe.com/billing/subscriptions/billing-cycle
    """
    years, month = divmod(day.month - 1 + MONTHS[billing], 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _subscription(order: Order) -> Subscription | None:
    """The one this order began, or whose period it is. An abandoned one is none."""
    first_id = order.renews_id or order.pk
    begun = Subscription.objects.filter(first_order_id=first_id)
    latest = begun.order_by("-created_at").first()
    if latest is None or latest.status == SubscriptionStatus.INCOMPLETE_EXPIRED:
        return None
    can_begin = latest.first_payment.status != PaymentStatus.CANCELLED
    is_begun = latest.status != SubscriptionStatus.INCOMPLETE
    return latest if is_begun or can_begin else None
