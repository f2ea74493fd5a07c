"""Turn messages about orders into mail."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from lumira.outbox.mail import send_mail_of
from lumira.outbox.topics import Payload, Unneeded, delivers
from orders.access import access_token
from orders.actions.deliver import note_mailed
from orders.models import ExpertReview, Order
from orders.models.order import DeliveryFormat
from orders.status import UNDER_WAY, OrderStatus

# What other floors know of a paid order, for its mail.
MailFacts = Callable[[Order], Mapping[str, Any]]
_mail_facts: list[MailFacts] = []


class DeliveryFrozen(Exception):
    """The order is on hold: the mail waits, as every delivery does."""


def add_mail_facts(tell: MailFacts) -> MailFacts:
    """Give these facts to the mail of a paid order. A repeat changes nothing."""
    if tell not in _mail_facts:
        _mail_facts.append(tell)
    return tell


@delivers("order_paid", to_customer=True)
def mail_order_paid(payload: Payload) -> None:
    """Of a subscription's further periods it says that they were paid."""
    order = Order.objects.get(pk=payload["order_id"])
    template = "renewal_paid" if order.renews_id else "order_paid"
    facts = {name: value for tell in _mail_facts for name, value in tell(order).items()}
    mail_customer(template, order, **facts)


@delivers("orders_link", to_customer=True)
def mail_orders_link(payload: Payload) -> None:
    """The link that shows a person their orders, to the address of one of them."""
    mail_customer("orders_link", Order.objects.get(pk=payload["order_id"]))


@delivers("reading_ready", to_customer=True)
def mail_reading_ready(payload: Payload) -> None:
    """The link to the approved reading.

    With this mail the reading is handed over, unless the customer chose another way:
    then a person does that, and notes it. Raises DeliveryFrozen, so that the outbox
    tries again. After a refund nothing is sent; if the refund fails later, the
    delivery waits in the staff's queue.
    """
    order = Order.objects.get(pk=payload["order_id"])
    if order.status != OrderStatus.COMPLETED:
        raise Unneeded("the order is not delivered any more")
    if order.is_on_hold:
        raise DeliveryFrozen
    address = reverse("orders:reading", args=[order.pk])
    link = f"{settings.SITE_URL}{address}?lien={access_token(order)}"
    mail_customer("reading_ready", order, reading_url=link)
    if order.email and order.delivery_format == DeliveryFormat.EMAIL:
        note_mailed(order)


@delivers("order_assigned")
def mail_order_assigned(payload: Payload) -> None:
    mail_expert("order_assigned", payload)


@delivers("reading_rejected")
def mail_reading_rejected(payload: Payload) -> None:
    mail_expert("reading_rejected", payload)


def mail_expert(template: str, payload: Payload) -> None:
    """Write to the expert who has the order in hand, if they still have it.

    Nothing of the customer is in the mail: the expert reads it where they log in.
    """
    review = ExpertReview.objects.get(pk=payload["review_id"])
    user = review.expert.user
    if review.status not in UNDER_WAY or user is None or not user.email:
        raise Unneeded("nobody has it in hand who could be written to")
    page = reverse("admin:orders_order_change", args=[review.order_id])
    context = {"order": review.order, "page_url": settings.SITE_URL + page}
    # The staff reads French, whatever the worker's language is.
    send_mail_of(template, context, to=user.email, language="fr")


def mail_customer(template: str, order: Order, **facts: Any) -> None:
    """Write to the customer in their language. Raises Unneeded without an address."""
    if not order.email:
        raise Unneeded("no address")
    send_mail_of(
        template,
        facts_for_customer(order, **facts),
        to=order.email,
        language=order.language,
        # "Répondez à ce message": the sender may be a mailbox that nobody reads.
        reply_to=settings.SUPPORT_EMAIL,
        unsubscribe_url=facts.get("unsubscribe_url", ""),
    )


def facts_for_customer(order: Order, **facts: Any) -> dict[str, Any]:
    """What every mail to a customer may say, and these facts."""
    my_orders = f"{reverse('orders:my-orders')}?lien={access_token(order)}"
    return {
        "order": order,
        "order_url": settings.SITE_URL + order.get_absolute_url(),
        "my_orders_url": settings.SITE_URL + my_orders,
        **facts,
    }
