""" "Que faire maintenant": one sentence about an order, and the buttons under it."""

from dataclasses import dataclass

from django.http import HttpRequest

from lumira.kit.readonly_admin import short_moment
from orders.admin.order_access import own_expert
from orders.admin.order_answers import may_read_answers
from orders.admin.own_steps import may_decide, own_steps, waits_for_a_person
from orders.admin.steps import Step, added_steps
from orders.admin.work_on_order import decision_on, delivery_of, latest_reading
from orders.models import Order
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus, ValidationStatus


@dataclass(frozen=True, slots=True)
class WhatNow:
    sentence: str
    steps: list[Step]


def what_now(order: Order, request: HttpRequest) -> WhatNow:
    """For this person, in this state. Wants load_work."""
    steps = [*own_steps(order, request), *added_steps(order, request)]
    return WhatNow(_sentence(order, request), steps)


def _sentence(order: Order, request: HttpRequest) -> str:
    if order.is_on_hold and order.status != OrderStatus.REFUNDED:
        return _why_on_hold(order)
    say = {
        OrderStatus.PENDING: _unpaid,
        OrderStatus.FAILED: _unpaid,
        OrderStatus.PAID: _to_assign,
        OrderStatus.PROCESSING: _in_progress,
        OrderStatus.AWAITING_VALIDATION: _to_validate,
        OrderStatus.COMPLETED: _delivered,
        OrderStatus.REFUNDED: _refunded,
    }[OrderStatus(order.status)]
    return say(order, request)


def _why_on_hold(order: Order) -> str:
    reasons = [
        str(hold.get_reason_display())
        for hold in order.holds.all()
        if hold.released_at is None
    ]
    why = " ; ".join(dict.fromkeys(reasons)) or "motif inconnu"
    return (
        f"Bloquée : {why}. Personne n’y travaille et rien n’est remis au client tant "
        "qu’elle n’est pas débloquée."
    )


def _unpaid(order: Order, request: HttpRequest) -> str:
    if order.status == OrderStatus.FAILED:
        return "Le paiement a échoué ; le client peut réessayer. Rien à faire ici."
    return "Le client n’a pas encore payé. Rien à faire ici."


def _to_assign(order: Order, request: HttpRequest) -> str:
    if order.expert is None:
        return "Payée, sans expert : il faut la confier à quelqu’un."
    if order.expert == own_expert(request):
        return "Le client vous a choisi : prenez la commande pour commencer."
    return f"Payée : il faut la confier à un expert. Le client a choisi {order.expert}."


def _in_progress(order: Order, request: HttpRequest) -> str:
    reading = latest_reading(order)
    decision = decision_on(reading)
    is_mine = order.expert is not None and order.expert == own_expert(request)
    if reading is None:
        return (
            "C’est à vous d’écrire la lecture."
            if is_mine
            else f"{order.expert or 'Un expert'} écrit la lecture."
        )
    if decision is None:
        then = "Envoyez-la en validation quand elle est prête." if is_mine else ""
        return f"La révision {reading.revision} est enregistrée. {then}".strip()
    refused = f"La révision {reading.revision} a été refusée"
    if decision.rejection_reason and may_read_answers(request):
        refused = f"{refused} : « {decision.rejection_reason} »"
    then = "Reprenez-la." if is_mine else f"{order.expert or 'L’expert'} la reprend."
    return f"{refused}. {then}"


def _to_validate(order: Order, request: HttpRequest) -> str:
    reading = latest_reading(order)
    named = f"La révision {reading.revision}" if reading else "La lecture"
    if may_decide(order, request):
        return f"{named} attend votre décision."
    return f"{named} attend la décision d’un validateur, qui n’est pas son auteur."


def _delivered(order: Order, request: HttpRequest) -> str:
    delivery = delivery_of(order)
    if delivery is None:
        return "Livrée. Rien à faire."
    if delivery.sent_at:
        return f"Remise au client le {short_moment(delivery.sent_at)}. Rien à faire."
    if waits_for_a_person(order, delivery):
        way = (
            "par WhatsApp, comme le client l’a demandé"
            if order.delivery_format == DeliveryFormat.WHATSAPP
            else "vous-même : le client n’a pas laissé d’adresse e-mail"
        )
        return f"Approuvée, mais pas encore remise : faites-le {way}."
    return "Approuvée : l’e-mail au client part de lui-même. Rien à faire."


def _refunded(order: Order, request: HttpRequest) -> str:
    decision = decision_on(latest_reading(order))
    was_delivered = bool(decision and decision.status == ValidationStatus.APPROVED)
    after = " La lecture avait été approuvée." if was_delivered else ""
    return f"Remboursée : le travail est arrêté. Rien à faire.{after}"
