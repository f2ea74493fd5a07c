"""Begin a subscription: the first period is paid in the same checkout as all else."""

from dataclasses import replace

from django.db import IntegrityError
from django.utils.timezone import now

from lumira.kit.db import transactional
from orders.models import Order
from payments.gateway import (
    IntentSnapshot,
    InvoiceSnapshot,
    SubscriptionSnapshot,
    gateway,
    is_live,
)
from payments.models import Customer, Payment, RecurringPrice, Subscription
from payments.subscriptions.apply_subscription import apply_subscription
from payments.subscriptions.at_stripe import (
    stripe_customer,
    stripe_price,
    with_what_it_needs,
)


class EmailNeeded(Exception):
    """Who pays every month must be reachable: the order has no address."""


def begin_subscription(payment: Payment, order: Order) -> IntentSnapshot:
    """The intent of the first invoice, for the browser to pay.

    Rows first, then Stripe with their ids as keys: a repeat, also after a lost
    answer, finds the same subscription. Raises EmailNeeded and GatewayError.
    """
    if not order.email:
        raise EmailNeeded(order.number)
    subscription = _row(payment, order)
    if subscription.stripe_id:
        # News was faster than the answer. Stripe may have forgotten the key by now,
        # and would make a second one.
        told = gateway().billing.fetch_subscription(subscription.stripe_id)
    else:
        told = _create(subscription, order)
    return remember(subscription, told)


def _create(subscription: Subscription, order: Order) -> SubscriptionSnapshot:
    customer, price = subscription.customer, subscription.price
    return with_what_it_needs(
        customer,
        price,
        lambda: gateway().billing.create_subscription(
            customer_id=str(customer.stripe_id),
            price_id=str(price.stripe_id),
            metadata={
                "subscriptionId": str(subscription.pk),
                "orderId": str(order.pk),
                "service": order.service.slug,
            },
            # Of a customer or price that is new there, it is another question.
            idempotency_key=(
                f"{subscription.idempotency_key}-{customer.stripe_id}-{price.stripe_id}"
            ),
        ),
    )


def remember(subscription: Subscription, told: SubscriptionSnapshot) -> IntentSnapshot:
    """Note what Stripe made for this row; the intent that pays it. Safe to repeat."""
    invoice = gateway().billing.fetch_invoice(told.latest_invoice_id)
    intent = gateway().fetch_intent(invoice.intent_id)
    _save(subscription, told, invoice, intent)
    return replace(intent, client_secret=invoice.client_secret or intent.client_secret)


@transactional
def _save(
    subscription: Subscription,
    told: SubscriptionSnapshot,
    invoice: InvoiceSnapshot,
    intent: IntentSnapshot,
) -> None:
    apply_subscription(subscription, told, by="checkout")
    payment = subscription.first_payment
    payment.remember_intent(intent.intent_id, invoice_id=invoice.invoice_id)


def find_lost_subscription(subscription: Subscription) -> bool:
    """Look at Stripe for a subscription whose answer was lost. True if it is there."""
    if subscription.customer.stripe_id is None:
        return False
    ours = str(subscription.pk)
    known = gateway().billing.subscriptions_of(subscription.customer.stripe_id)
    for told in known:
        if told.our_id == ours:
            remember(subscription, told)
            return True
    return False


def _row(payment: Payment, order: Order) -> Subscription:
    if earlier := Subscription.objects.filter(first_payment=payment).first():
        return earlier
    customer = stripe_customer(order.email)
    price = stripe_price(order.service, amount=order.amount, currency=order.currency)
    try:
        return _save_row(payment, order, customer, price)
    except IntegrityError:
        # Another request of the same checkout was faster.
        return Subscription.objects.get(first_payment=payment)


@transactional
def _save_row(
    payment: Payment, order: Order, customer: Customer, price: RecurringPrice
) -> Subscription:
    # Takes the row: an erasure now waits and sees this one, or has taken the address.
    buyers = Order.objects.filter(pk=order.pk, erasure=None)
    if not buyers.update(updated_at=now()):
        raise EmailNeeded(order.number)
    return Subscription.objects.create(
        first_payment=payment,
        first_order=order,
        order_number=order.number,
        email=order.email,
        customer=customer,
        price=price,
        livemode=is_live(),
        amount=price.amount,
        currency=price.currency,
    )
