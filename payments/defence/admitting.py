"""Who may go on to Stripe now. Every call that costs one there asks here first."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lumira.limits.counting import count
from lumira.limits.limit import TooMany, waiting_time
from lumira.limits.origins import note_origin
from lumira.limits.rests import resting_until
from lumira.limits.rules import CARDS, CARDS_BACK, CONFIRMATIONS, PAYMENTS, UNPROVEN
from lumira.limits.subjects import Subjects, Who, sender_of, subjects
from orders.access import email_of, token_of
from orders.admit_order import Admitted
from orders.models import Order
from orders.who_asks import is_proven, who_asks
from payments.defence.brake import look_after_bursts
from payments.status import OPEN


class LinkNeeded(TooMany):
    """The shop is under attack: a link in their mail lets the buyer through."""

    @property
    def message(self) -> str:
        return _(
            "Beaucoup de paiements sont tentés en ce moment. Pour passer tout de "
            "suite, demandez votre lien dans « Mes commandes » : ouvrez-le dans ce "
            "navigateur et réglez de là. Sinon, réessayez dans %(wait)s."
        ) % {"wait": waiting_time(self.wait_s)}


def admit_payment(request: HttpRequest, order: Order) -> None:
    """Before its intent is made, or its secret handed out again. Raises TooMany."""
    look_after_bursts()
    asking = _who_pays(request, order)
    under_attack = count(PAYMENTS, asking)
    if is_proven(asking):
        # A mailbox of their own must not be a way to try cards without end.
        note_origin(str(order.pk), asking)
        return
    if under_attack:
        _admit_unproven(order, asking)


def admit_new(order: Order, admitted: Admitted) -> None:
    """The same for an order that was counted a moment ago, when it was placed."""
    look_after_bursts()
    if admitted.under_attack and not is_proven(admitted.asking):
        _admit_unproven(order, admitted.asking)


def paused_until(request: HttpRequest, order: Order) -> datetime | None:
    """When this buyer may go on paying this order; None for now. Writes nothing."""
    return resting_until(_who_pays(request, order))


def admit_confirmation(request: HttpRequest, order: Order) -> None:
    """Before Stripe is asked how a payment stands. Raises TooMany."""
    count(CONFIRMATIONS, {**sender_of(request), **subjects(order=str(order.pk))})


def admit_card(request: HttpRequest) -> None:
    """Before a subscriber changes their card or pays what is late. Raises TooMany."""
    count(CARDS, _subscriber(request))


def admit_card_back(request: HttpRequest) -> None:
    """When the card's form comes back, before Stripe is asked. Raises TooMany."""
    count(CARDS_BACK, _subscriber(request))


def _subscriber(request: HttpRequest) -> Subjects:
    person = subjects(person=email_of(token_of(request)) or "")
    return {**sender_of(request), **person}


def _who_pays(request: HttpRequest, order: Order) -> Subjects:
    return {**who_asks(request, order.email), **subjects(order=str(order.pk))}


def _admit_unproven(order: Order, asking: Subjects) -> None:
    if order.payments.filter(status__in=OPEN).exists():
        return
    everybody = subjects(shop="shop")
    if network := asking.get(Who.NETWORK):
        everybody[Who.NETWORK] = network
    try:
        count(UNPROVEN, everybody)
    except TooMany as problem:
        # An order without an address has nowhere to send a link to.
        raise LinkNeeded(problem.until) if order.email else problem from None
