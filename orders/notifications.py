"""Turn messages about orders into mail."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from lumira.outbox.topics import Payload, delivers
from orders.access import access_token
from orders.models import Order


@delivers("order_paid")
def mail_order_paid(payload: Payload) -> None:
    mail_customer("order_paid", Order.objects.get(pk=payload["order_id"]))


@delivers("orders_link")
def mail_orders_link(payload: Payload) -> None:
    """The link that shows a person their orders, to the address of one of them."""
    mail_customer("orders_link", Order.objects.get(pk=payload["order_id"]))


def mail_customer(template: str, order: Order, **facts: Any) -> None:
    """Write to the customer in their language. An order without an address: nothing."""
    if not order.email:
        return
    my_orders = f"{reverse('orders:my-orders')}?lien={access_token(order)}"
    context = {
        "order": order,
        "order_url": settings.SITE_URL + order.get_absolute_url(),
        "my_orders_url": settings.SITE_URL + my_orders,
        "support_email": settings.SUPPORT_EMAIL,
        **facts,
    }
    with translation.override(order.language):
        subject = render_to_string(f"emails/{template}/subject.txt", context).strip()
        body = render_to_string(f"emails/{template}/body.txt", context)
    # "Répondez à ce message": the sender may be a mailbox that nobody reads.
    EmailMessage(
        subject, body, to=[order.email], reply_to=[settings.SUPPORT_EMAIL]
    ).send()
