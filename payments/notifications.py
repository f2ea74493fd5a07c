"""Turn messages about money into mail."""

from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse

from lumira.outbox.topics import Payload, Unneeded, delivers
from orders.access import access_token
from orders.models import Order
from orders.notifications import add_mail_facts, mail_customer
from payments.models import Invoice, Refund, Subscription
from payments.status import GOING_ON, InvoiceStatus, PaymentStatus, RefundStatus
from payments.subscription_state import card_brand
from payments.subscriptions.terms import next_charge_of, price_of, price_per_period


@delivers("refunded", to_customer=True)
def mail_refunded(payload: Payload) -> None:
    """Not once the bank has sent the money back: the alert tells the people here."""
    refund = Refund.objects.get(pk=payload["refund_id"])
    if refund.status != RefundStatus.SUCCEEDED:
        raise Unneeded("the refund failed after all")
    order = refund.payment.order
    facts = subscription_facts(order)
    subscription = facts.get("subscription")
    mail_customer(
        "refunded",
        order,
        refund=refund,
        goes_on=subscription is not None
        and subscription.status in GOING_ON
        and not subscription.stops_at_period_end,
        **facts,
    )


@delivers("renewal_unpaid", to_customer=True)
def mail_renewal_unpaid(payload: Payload) -> None:
    """The way to pay a period, unless it was paid or given up meanwhile.

    `wants` is what the bank waits for: another "card", or the "authentication" of the
    person.
    """
    invoice = Invoice.objects.get(pk=payload["invoice_id"])
    subscription = invoice.subscription
    if invoice.status != InvoiceStatus.OPEN or subscription.status not in GOING_ON:
        raise Unneeded("paid or given up meanwhile")
    _mail_subscriber(
        "renewal_unpaid", subscription, invoice=invoice, wants=payload["wants"]
    )


@delivers("subscription_stopping", to_customer=True)
def mail_subscription_stopping(payload: Payload) -> None:
    """Until when it lasts; nothing if the person has changed their mind meanwhile."""
    subscription = Subscription.objects.get(pk=payload["subscription_id"])
    if subscription.status not in GOING_ON or not subscription.stops_at_period_end:
        raise Unneeded("decided otherwise meanwhile")
    _mail_subscriber("subscription_stopping", subscription)


@delivers("subscription_resumed", to_customer=True)
def mail_subscription_resumed(payload: Payload) -> None:
    subscription = Subscription.objects.get(pk=payload["subscription_id"])
    if subscription.status not in GOING_ON or subscription.stops_at_period_end:
        raise Unneeded("decided otherwise meanwhile")
    _mail_subscriber("subscription_resumed", subscription)


@delivers("subscription_price_moved", to_customer=True)
def mail_subscription_price_moved(payload: Payload) -> None:
    """What the next charge will be; nothing if there is none, or another by now."""
    subscription = Subscription.objects.get(pk=payload["subscription_id"])
    is_charged = (
        subscription.status in GOING_ON and not subscription.stops_at_period_end
    )
    if not is_charged or subscription.amount != payload["amount"]:
        raise Unneeded("not charged, or another price by now")
    _mail_subscriber(
        "subscription_price_moved",
        subscription,
        price_before_text=partial(
            price_per_period,
            payload["amount_before"],
            subscription.currency,
            subscription.price.interval,
        ),
    )


@delivers("subscription_ended", to_customer=True)
def mail_subscription_ended(payload: Payload) -> None:
    subscription = Subscription.objects.get(pk=payload["subscription_id"])
    _mail_subscriber("subscription_ended", subscription)


def _mail_subscriber(template: str, subscription: Subscription, **facts: Any) -> None:
    order = subscription.first_order
    mail_customer(template, order, **facts_for_subscriber(subscription, order), **facts)


@add_mail_facts
def subscription_facts(order: Order) -> dict[str, Any]:
    """What the mail of a paid order says of the subscription it belongs to."""
    first = order.renews or order
    paid = first.payments.filter(status=PaymentStatus.COMPLETED)
    ids = list(paid.values_list("pk", flat=True))
    subscription = Subscription.objects.filter(first_payment__in=ids).first()
    return facts_for_subscriber(subscription, first) if subscription else {}


def facts_for_subscriber(subscription: Subscription, order: Order) -> dict[str, Any]:
    """What every mail about a subscription may say. `order` is its first."""
    return {
        "subscription": subscription,
        # Called by the template: the mail's language is not the worker's.
        "price_text": partial(price_of, subscription),
        "card_brand": card_brand(subscription),
        "next_charge_on": next_charge_of(subscription),
        "subscription_url": _link("subscription", subscription, order),
        "pay_url": _link("subscription-pay", subscription, order),
        "card_url": _link("subscription-card", subscription, order),
    }


def _link(page: str, subscription: Subscription, order: Order) -> str:
    address = reverse(f"payments:{page}", args=[subscription.pk])
    return f"{settings.SITE_URL}{address}?lien={access_token(order)}"
