"""Mails and alerts about an order, in its timeline."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from lumira.kit.readonly_admin import short_moment
from lumira.outbox.models import Message
from orders.admin.timeline import Moment, add_timeline_source
from orders.models import Order

MAY_SEE = "outbox.view_message"

# Mail to the customer or to the expert, told to everybody who sees the order.
_titles = {
    "order_paid": "E-mail au client : commande payée",
    "orders_link": "E-mail au client : lien vers ses commandes",
    "reading_ready": "E-mail au client : lecture prête",
    "order_assigned": "E-mail à l’expert : commande confiée",
    "reading_rejected": "E-mail à l’expert : lecture à reprendre",
}


def name_topic(topic: str, title: str) -> None:
    """Say in the timeline what a message of this topic is.

    A topic without a name is shown as it is, to those who may see messages.
    """
    _titles[topic] = title


@add_timeline_source
def messages(order: Order, request: HttpRequest) -> Iterator[Moment]:
    """The outbox about this order, and how far each message came."""
    may_see = request.user.has_perm(MAY_SEE)
    for message in Message.objects.filter(about=str(order.pk)):
        if not may_see and message.topic not in _titles:
            continue
        detail, tone = _state(message)
        yield Moment(
            message.sent_at or message.created_at,
            _titles.get(message.topic, f"Message : {message.topic}"),
            detail,
            url=_page(message) if may_see else "",
            tone=tone,
        )


def _state(message: Message) -> tuple[str, str]:
    if message.was_unneeded and message.sent_at:
        return "Pas envoyé : sans objet entre-temps", ""
    if message.sent_at:
        return "Envoyé", ""
    if message.is_given_up:
        return f"Abandonné après {message.attempts} essais", "danger"
    if message.last_error:
        return f"Sera réessayé après le {short_moment(message.due_at)}", "warning"
    return "Va partir", "info"


def _page(message: Message) -> str:
    return reverse("admin:outbox_message_change", args=[message.pk])
