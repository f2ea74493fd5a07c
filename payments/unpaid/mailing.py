"""Send the letters about an unpaid order, if they still say the truth."""

from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from lumira.kit.money import money
from lumira.outbox.topics import Payload, Unneeded, delivers
from orders.access import access_token
from orders.models import Order
from orders.notifications import mail_customer
from orders.reminders_link import no_reminders_url
from payments.actions.confirm_payment import confirm_payment
from payments.failure_messages import message_for
from payments.models import Payment
from payments.order_state import deciding_payment
from payments.subscriptions.terms import price_per_period
from payments.unpaid.greeting import name_to_greet
from payments.unpaid.letters import Letter, is_right
from payments.unpaid.silence import why_silent


@delivers(Letter.RECEIVED, to_customer=True)
def mail_order_received(payload: Payload) -> None:
    _mail(Letter.RECEIVED, payload)


@delivers(Letter.FAILED, to_customer=True)
def mail_payment_failed(payload: Payload) -> None:
    _mail(Letter.FAILED, payload)


@delivers(Letter.REMINDER, to_customer=True)
def mail_resume_reminder(payload: Payload) -> None:
    _mail(Letter.REMINDER, payload)


def _mail(letter: Letter, payload: Payload) -> None:
    """Raises Unneeded when it is not true any more, and GatewayError when the one who
    knows cannot be asked: the outbox tries again."""
    order = Order.objects.get(pk=payload["order_id"])
    payment = deciding_payment(order)
    if payment and payment.is_open:
        # They may have paid, and the news be lost: never a reminder to who paid.
        confirm_payment(payment, by="worker")
        order = Order.objects.get(pk=order.pk)
        payment = deciding_payment(order)
    if why := why_silent(order):
        raise Unneeded(why)
    if not is_right(letter, order, payment, now()):
        raise Unneeded("not so any more")
    mail_customer(letter, order, **letter_facts(order, payment))


def letter_facts(order: Order, payment: Payment | None) -> dict[str, object]:
    """What these letters say besides the order."""
    resume = reverse("payments:resume", args=[order.pk])
    return {
        "greeted": name_to_greet(order.name),
        "pay_url": f"{settings.SITE_URL}{resume}?lien={access_token(order)}",
        "unsubscribe_url": no_reminders_url(order),
        "keep_days": settings.KEEP_UNPAID_DAYS,
        # Called by the template: the mail's language is not the worker's.
        "price_text": partial(_price_of, order),
        "failure_message": partial(_failure_of, payment),
    }


def _price_of(order: Order) -> str:
    if order.service.is_recurring:
        return price_per_period(order.amount, order.currency, order.service.billing)
    return money(order.amount, order.currency)


def _failure_of(payment: Payment | None) -> str:
    if payment is None:
        return ""
    return str(message_for(payment.failure_code, payment.decline_code))
