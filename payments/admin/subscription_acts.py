"""What the staff may do to a subscription, and the words with which each act asks."""

from collections.abc import Callable
from dataclasses import dataclass

from lumira.kit.readonly_admin import short_moment
from orders.models.service import Billing
from payments.models import Subscription
from payments.status import ENDED_SUBSCRIPTION, GOING_ON
from payments.subscriptions.change import (
    NOT_BEGUN,
    move_to_todays_price,
    resume,
    stop_at_period_end,
    stop_now,
)
from payments.subscriptions.look import look_at_everything
from payments.subscriptions.terms import price_of, price_per_period

ENDED = "Cet abonnement est terminé."
NEVER_BEGUN = "Cet abonnement n’a jamais commencé chez Stripe."


@dataclass(frozen=True, slots=True)
class Act:
    """`name` stands in the address and, after "subscription.", in the journal.

    `why_not` answers "" while the act is possible, and one sentence otherwise. `seen`
    is what the person agreed to: if it is another by the time they send, they are
    asked again. `do` is given who asked and their reason.
    """

    name: str
    title: str
    button: str
    done: str
    why_not: Callable[[Subscription], str]
    says: Callable[[Subscription], list[str]]
    do: Callable[[Subscription, str, str], object]
    seen: Callable[[Subscription], str] = price_of
    is_dangerous: bool = False
    asks_reason: bool = False


def todays_price(subscription: Subscription) -> str:
    """What the catalogue asks a new subscriber for: 119,00 € par mois."""
    service = subscription.first_order.service
    if service.billing == Billing.ONE_TIME:
        return ""
    return price_per_period(service.price, service.currency.lower(), service.billing)


def _is_over(subscription: Subscription) -> str:
    if subscription.stripe_id is None:
        return NEVER_BEGUN
    return ENDED if subscription.status in ENDED_SUBSCRIPTION else ""


def _is_not_running(subscription: Subscription) -> str:
    if over := _is_over(subscription):
        return over
    return "" if subscription.status in GOING_ON else NOT_BEGUN


def _cannot_stop_later(subscription: Subscription) -> str:
    is_asked = subscription.stops_at_period_end
    return _is_not_running(subscription) or (
        "L’arrêt à l’échéance est déjà demandé." if is_asked else ""
    )


def _cannot_resume(subscription: Subscription) -> str:
    goes_on = not subscription.stops_at_period_end
    return _is_not_running(subscription) or (
        "Aucun arrêt n’est demandé." if goes_on else ""
    )


def _cannot_move(subscription: Subscription) -> str:
    if reason := _is_not_running(subscription):
        return reason
    service = subscription.first_order.service
    terms = (service.currency.lower(), service.billing)
    if terms != (subscription.currency, subscription.price.interval):
        return (
            "Le catalogue vend ce service dans une autre devise ou pour une autre "
            "période : un nouvel abonnement est nécessaire."
        )
    if subscription.stops_at_period_end:
        return "Cet abonnement s’arrête à l’échéance : il n’aura pas d’autre prix."
    if service.price == subscription.amount:
        return "Cet abonnement est déjà au prix du catalogue."
    return ""


def _cannot_look(subscription: Subscription) -> str:
    return "" if subscription.stripe_id else NEVER_BEGUN


def _until(subscription: Subscription) -> str:
    return short_moment(subscription.period_end)


STOP_LATER = Act(
    name="stop_later",
    title="Arrêter à l’échéance",
    button="Arrêter à l’échéance",
    done="L’abonnement s’arrêtera à l’échéance.",
    why_not=_cannot_stop_later,
    says=lambda one: [
        f"La période en cours va jusqu’au {_until(one)}. Rien n’est prélevé pour la "
        "suite, et rien n’est remboursé.",
        "Le client en est prévenu par e-mail. D’ici là, l’arrêt peut être repris.",
    ],
    do=lambda one, by, reason: stop_at_period_end(one, by=by),
)
RESUME = Act(
    name="resume",
    title="Continuer l’abonnement",
    button="Continuer l’abonnement",
    done="L’abonnement continue.",
    why_not=_cannot_resume,
    says=lambda one: [
        f"L’abonnement continue au-delà du {_until(one)} : {price_of(one)} seront "
        "prélevés à cette date, puis à chaque échéance.",
        "Le client en est prévenu par e-mail. Assurez-vous qu’il le veut.",
    ],
    do=lambda one, by, reason: resume(one, by=by),
)
STOP_NOW = Act(
    name="stop_now",
    title="Arrêter tout de suite",
    button="Arrêter tout de suite",
    done="L’abonnement est arrêté.",
    why_not=_is_over,
    says=lambda one: [
        "L’abonnement prend fin immédiatement, et ne se reprend pas : le client "
        "devrait s’abonner de nouveau. Rien n’est plus prélevé.",
        "Ce qui a été payé reste payé. Une période se rembourse par son paiement, avec "
        "« Rembourser… », dans la liste des factures de cette page.",
        "Le client en est prévenu par e-mail ; il ne lit pas votre motif.",
    ],
    do=lambda one, by, reason: stop_now(one, by=by, note=reason),
    is_dangerous=True,
    asks_reason=True,
)
MOVE_PRICE = Act(
    name="move_price",
    title="Passer au prix du catalogue",
    button="Changer le prix",
    done="Le nouveau prix vaut à partir de la prochaine échéance.",
    why_not=_cannot_move,
    says=lambda one: [
        f"Aujourd’hui, ce client paie {price_of(one)}. Il paiera {todays_price(one)} à "
        f"partir du {_until(one)}.",
        "Rien n’est prélevé ni remboursé pour la période en cours. Le client en est "
        "prévenu par e-mail, tout de suite : il doit lui rester le temps d’arrêter "
        "avant cette date.",
    ],
    do=lambda one, by, reason: move_to_todays_price(one, by=by),
    seen=lambda one: f"{price_of(one)} > {todays_price(one)}",
)
LOOK = Act(
    name="look",
    title="Relire chez Stripe",
    button="Relire",
    done="L’abonnement est comme chez Stripe.",
    why_not=_cannot_look,
    says=lambda one: [
        "L’état de l’abonnement et de ses dernières factures est relu chez Stripe et "
        "recopié ici. Une période payée qui n’avait pas sa commande la reçoit.",
        "Rien ne change chez Stripe.",
    ],
    do=lambda one, by, reason: look_at_everything(one, by=by),
)
