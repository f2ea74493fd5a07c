"""How a subscription stands for the person who pays it, read from our books alone."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from payments.models import Invoice, Subscription
from payments.status import ENDED_SUBSCRIPTION, InvoiceStatus, SubscriptionStatus

# Begun in a checkout that nobody paid: not a subscription to the person who left it.
NEVER_BEGAN = frozenset(
    {SubscriptionStatus.INCOMPLETE, SubscriptionStatus.INCOMPLETE_EXPIRED}
)
LATE = frozenset({SubscriptionStatus.PAST_DUE, SubscriptionStatus.UNPAID})

# Names as the cards bear them. https://docs.stripe.com/api/cards/object#card_object-brand
BRANDS = {
    "amex": "American Express",
    "cartes_bancaires": "CB",
    "diners": "Diners Club",
    "eftpos_au": "eftpos",
    "jcb": "JCB",
    "unionpay": "UnionPay",
}


class SubscriptionStanding(StrEnum):
    """What the subscription's page says."""

    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    LATE = "late"
    PAUSED = "paused"
    ENDED = "ended"


S = SubscriptionStanding
WORDS = {
    S.STARTING: _("Premier paiement attendu"),
    S.RUNNING: _("En cours"),
    S.STOPPING: _("S’arrête bientôt"),
    S.LATE: _("Paiement en retard"),
    S.PAUSED: _("En pause"),
    S.ENDED: _("Terminé"),
}


def subscription_standing(subscription: Subscription) -> SubscriptionStanding:
    if subscription.status in ENDED_SUBSCRIPTION:
        return S.ENDED
    if subscription.status == SubscriptionStatus.INCOMPLETE:
        return S.STARTING
    if subscription.status in LATE:
        return S.LATE
    if subscription.stops_at_period_end:
        return S.STOPPING
    if subscription.status == SubscriptionStatus.PAUSED:
        return S.PAUSED
    return S.RUNNING


def invoice_to_pay(subscription: Subscription) -> Invoice | None:
    """The oldest period that was tried and not paid, while it is still asked for."""
    if subscription.status not in LATE:
        return None
    unpaid = Invoice.objects.filter(
        subscription=subscription, status=InvoiceStatus.OPEN
    )
    return unpaid.order_by("created_at").first()


def card_brand(subscription: Subscription) -> str:
    """Visa, American Express …; "" while no card is known."""
    brand = subscription.card_brand
    return BRANDS.get(brand, brand.replace("_", " ").title())
