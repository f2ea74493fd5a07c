"""What happened to an order and what comes, told to its customer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import now
from django.utils.translation import gettext as _

from orders.models import Order
from orders.models.hold import HoldReason
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus
from payments.models import Payment
from payments.order_state import Standing
from payments.refund_story import refund_steps
from payments.story_step import Step, StepState

S = OrderStatus
# How far the work is; each of these holds what the ones before it hold.
WORK_SO_FAR = [S.PAID, S.PROCESSING, S.AWAITING_VALIDATION, S.COMPLETED]
TOLD = frozenset({Standing.PAID, Standing.PROCESSING, Standing.REFUNDED})


def story_of(
    order: Order, standing: Standing, attempts: Iterable[Payment]
) -> list[Step]:
    """The steps in their order: what is done, what goes on, what comes.

    Empty while nothing was paid and nothing is on its way: then what can be done
    about it says more. Of people it names the expert alone.
    """
    if standing not in TOLD:
        return []
    if standing == Standing.PROCESSING:
        return [_placed(order), _payment_awaited(), *_coming(order, S.PAID)]
    history = _history_of(order)
    is_refunded = standing == Standing.REFUNDED
    status = history.before_refund if is_refunded else order.status
    past = _in_time(_done(order, status, history), refund_steps(attempts))
    if is_refunded or (status == S.COMPLETED and not order.is_on_hold):
        return past
    if order.is_on_hold:
        return [*past, _on_hold(order)]
    return [*past, _going_on(order, status), *_coming(order, status)]


@dataclass(slots=True)
class _History:
    taken_at: datetime | None = None
    written_at: datetime | None = None
    before_refund: str = S.PAID


def _history_of(order: Order) -> _History:
    """What only the history knows. Not its notes: they are the staff's."""
    history = _History()
    for event in order.events.only("before", "after", "at"):
        move = (event.before, event.after)
        if move == (S.PAID, S.PROCESSING):
            history.taken_at = event.at
        elif move == (S.PROCESSING, S.AWAITING_VALIDATION):
            history.written_at = event.at
        elif event.after == S.REFUNDED != event.before:
            history.before_refund = event.before
    return history


def _in_time(work: Iterator[Step], refunds: list[Step]) -> list[Step]:
    """Refunds among the work by their day. The work keeps its order, whatever its
    clocks said, and though nobody noted some of its days."""
    latest, dated = 0.0, []
    for step in work:
        latest = max(latest, step.at.timestamp() if step.at else 0)
        dated.append((latest, step))
    dated += [(step.at.timestamp() if step.at else latest, step) for step in refunds]
    return [step for _day, step in sorted(dated, key=lambda pair: pair[0])]


def _done(order: Order, status: str, history: _History) -> Iterator[Step]:
    so_far = WORK_SO_FAR.index(S(status)) if status in WORK_SO_FAR else 0
    yield _placed(order)
    title = _("Paiement de %(amount)s reçu") % {"amount": order.amount_text}
    yield Step(title, at=order.paid_at)
    if S.PROCESSING in WORK_SO_FAR[: so_far + 1]:
        yield Step(_with_expert(order).handed, at=history.taken_at)
    if S.AWAITING_VALIDATION in WORK_SO_FAR[: so_far + 1]:
        yield Step(_("Lecture écrite"), at=history.written_at)
    if S.COMPLETED in WORK_SO_FAR[: so_far + 1]:
        title = _("Lecture relue et prête")
        yield Step(title, _way_to_read(order), at=order.completed_at)


def _placed(order: Order) -> Step:
    title = _("Période renouvelée") if order.renews_id else _("Commande passée")
    return Step(title, at=order.created_at)


def _payment_awaited() -> Step:
    return Step(
        _("Paiement en attente de confirmation"),
        _("Votre banque n’a pas encore répondu."),
        StepState.CURRENT,
    )


def _going_on(order: Order, status: str) -> Step:
    words = _with_expert(order)
    if status == S.AWAITING_VALIDATION:
        text = _("Quelqu’un d’autre vérifie chaque lecture avant qu’elle ne parte.")
        return Step(_("Un second regard la relit"), text, StepState.CURRENT)
    if status == S.PROCESSING:
        return Step(words.writes, "", StepState.CURRENT)
    text = _("D’abord votre question, lue avec attention ; puis la lecture.")
    return Step(words.will_read, text, StepState.CURRENT)


def _coming(order: Order, status: str) -> Iterator[Step]:
    if status != S.AWAITING_VALIDATION:
        text = _("Quelqu’un d’autre vérifie chaque lecture avant qu’elle ne parte.")
        yield Step(_("Un second regard la relit"), text, StepState.COMING)
    title, by_when = _("Votre lecture vous est remise"), order.due_at
    if by_when and by_when < now():
        text = _("Elle a du retard sur la date promise, et nous en sommes désolés.")
        yield Step(title, text, StepState.COMING, by_when=by_when)
    elif by_when:
        yield Step(title, _way_to_read(order), StepState.COMING, by_when=by_when)
    else:
        delay = {"delay": order.service.delivery_text}
        text = _("Sous %(delay)s après le paiement.") % delay
        yield Step(title, text, StepState.COMING)


def _on_hold(order: Order) -> Step:
    """Why, without a suspicion: the bank's contest is the customer's own doing."""
    held = order.holds.filter(released_at=None)
    contested = held.filter(reason=HoldReason.DISPUTE).exists()
    text = (
        _(
            "Votre banque nous signale que ce paiement est contesté. Tant qu’elle n’a "
            "pas tranché, la consultation attend."
        )
        if contested
        else _(
            "Nous vérifions le paiement. La consultation reprend dès que c’est fait : "
            "vous n’avez rien à faire."
        )
    )
    first = held.order_by("placed_at").first()
    at = first.placed_at if first else None
    return Step(_("Consultation suspendue"), text, StepState.HALTED, at=at)


def _way_to_read(order: Order) -> str:
    if order.delivery_format == DeliveryFormat.WHATSAPP:
        return _("Elle vous est remise par WhatsApp, et se lit aussi sur ce site.")
    if order.email:
        return _("Un e-mail vous prévient, et vous la lisez sur ce site.")
    return _("Elle se lit sur ce site.")


@dataclass(frozen=True, slots=True)
class _Words:
    handed: str
    will_read: str
    writes: str


def _with_expert(order: Order) -> _Words:
    if order.expert is None:
        return _Words(
            handed=_("Confiée à un expert"),
            will_read=_("Un expert va vous lire"),
            writes=_("Votre expert écrit votre lecture"),
        )
    name = {"name": order.expert.name}
    return _Words(
        handed=_("Confiée à %(name)s") % name,
        will_read=_("%(name)s va vous lire") % name,
        writes=_("%(name)s écrit votre lecture") % name,
    )
