"""What the customer or the staff may do to a subscription.

Each asks Stripe for a state, not for a step, so that a repeat changes nothing; then its
answer is applied to our books as any other news.
"""

from collections.abc import Callable

from payments.gateway import (
    CardRefused,
    GatewayError,
    GatewayUnavailable,
    SetupSnapshot,
    SubscriptionSnapshot,
    gateway,
)
from payments.models import Invoice, RecurringPrice, Subscription
from payments.status import ENDED_SUBSCRIPTION, GOING_ON, InvoiceStatus
from payments.subscriptions.apply_subscription import apply_subscription
from payments.subscriptions.at_stripe import stripe_price, with_what_it_needs
from payments.subscriptions.look import look_at_invoice, look_at_subscription

# https://docs.stripe.com/api/setup_intents/object#setup_intent_object-status
KEPT = "succeeded"
NOT_BEGUN = "Cet abonnement n’a pas commencé."


class ChangeRefused(Exception):
    """It cannot be done to this subscription; the text tells the staff why, in French.

    A customer reads the page's own sentence instead.
    """


def stop_at_period_end(subscription: Subscription, *, by: str) -> None:
    """Let it end with the period that is paid. Safe to repeat. Raises GatewayError."""
    _check_going_on(subscription)
    told = _answer(
        subscription,
        lambda there: gateway().billing.set_stop(there, at_period_end=True),
        by=by,
    )
    apply_subscription(subscription, told, by=by, note="Arrêt à l’échéance demandé")


def resume(subscription: Subscription, *, by: str) -> None:
    """Take a stop back before it happens. Safe to repeat. Raises GatewayError."""
    _check_going_on(subscription)
    told = _answer(
        subscription,
        lambda there: gateway().billing.set_stop(there, at_period_end=False),
        by=by,
    )
    apply_subscription(subscription, told, by=by, note="Arrêt annulé")


def stop_now(subscription: Subscription, *, by: str, note: str) -> None:
    """End it at once. What was paid stays paid: a refund is a decision of its own.

    Safe to repeat. Raises ChangeRefused if it never reached Stripe, and GatewayError.
    """
    if subscription.status in ENDED_SUBSCRIPTION:
        return
    _check_going_on(subscription)
    try:
        told = gateway().billing.stop_now(_stripe_id(subscription))
    except GatewayError:
        # Ended already, by dunning or in the dashboard? Then that is what was wanted.
        look_at_subscription(subscription, by=by)
        subscription.refresh_from_db()
        if subscription.status not in ENDED_SUBSCRIPTION:
            raise
        return
    apply_subscription(subscription, told, by=by, note=note)
    _look_at_latest_invoice(subscription, told, by=by)


def move_to_todays_price(subscription: Subscription, *, by: str) -> RecurringPrice:
    """Charge what the catalogue says from the next period on. Safe to repeat.

    Nothing is charged or credited for the period under way; the customer is written to.
    Raises ChangeRefused when the catalogue sells it in another currency or for another
    period, and GatewayError.
    """
    _check_going_on(subscription)
    service = subscription.first_order.service
    terms = (service.currency.lower(), service.billing)
    if terms != (subscription.currency, subscription.price.interval):
        # Stripe would refuse the one, and charge at once for the other.
        raise ChangeRefused(
            "Le catalogue vend ce service dans une autre devise ou pour une autre "
            "période."
        )
    price = stripe_price(service, amount=service.price, currency=terms[0])
    billing = gateway().billing
    now_there = billing.fetch_subscription(_stripe_id(subscription))
    if now_there.price_id != price.stripe_id:
        item_id = now_there.item_id
        now_there = _answer(
            subscription,
            lambda there: with_what_it_needs(
                subscription.customer,
                price,
                lambda: billing.move_price(
                    there, item_id=item_id, price_id=str(price.stripe_id)
                ),
            ),
            by=by,
        )
    apply_subscription(subscription, now_there, by=by, note=f"Nouveau prix : {price}")
    return price


def begin_card_change(subscription: Subscription) -> SetupSnapshot:
    """What the browser confirms another card with. Raises GatewayError."""
    _check_going_on(subscription)
    return gateway().billing.create_setup(
        customer_id=str(subscription.customer.stripe_id),
        metadata={"subscriptionId": str(subscription.pk)},
    )


def finish_card_change(subscription: Subscription, setup_id: str, *, by: str) -> bool:
    """Charge the card that was just confirmed, and what is unpaid with it.

    False when the bank has not confirmed it (yet). A setup of another subscription is
    refused. Safe to repeat. Raises GatewayError, and CardRefused when the unpaid
    invoice is refused: the card is kept all the same.
    """
    _check_going_on(subscription)
    setup = gateway().billing.fetch_setup(setup_id)
    if setup.our_id != str(subscription.pk):
        raise ChangeRefused("Cette carte n’est pas celle de cet abonnement.")
    if setup.status != KEPT:
        return False
    told = _answer(
        subscription,
        lambda there: gateway().billing.use_card(there, method_id=setup.method_id),
        by=by,
    )
    note = f"Nouvelle carte {told.card.last4}" if told.card else "Nouvelle carte"
    apply_subscription(subscription, told, by=by, note=note)
    pay_what_is_open(subscription, by=by)
    return True


def pay_what_is_open(subscription: Subscription, *, by: str) -> None:
    """Try the card on every unpaid period, oldest first. Safe to repeat.

    Raises CardRefused when the bank says no, and GatewayError.
    """
    unpaid = Invoice.objects.filter(
        subscription=subscription, status=InvoiceStatus.OPEN
    ).order_by("created_at")
    for invoice in unpaid:
        try:
            gateway().billing.pay_invoice(invoice.stripe_id)
        except GatewayError:
            # Paid by somebody else meanwhile? Then that is what was wanted.
            seen = look_at_invoice(subscription, invoice.stripe_id, by=by)
            if seen.status == InvoiceStatus.OPEN:
                raise
        else:
            look_at_invoice(subscription, invoice.stripe_id, by=by)
    look_at_subscription(subscription, by=by)


def _answer(
    subscription: Subscription,
    ask: Callable[[str], SubscriptionSnapshot],
    *,
    by: str,
) -> SubscriptionSnapshot:
    """What Stripe says to this change, asked for by its id of the subscription.

    When it refuses, our books may be old: then ChangeRefused tells how it stands.
    """
    try:
        return ask(_stripe_id(subscription))
    except (GatewayUnavailable, CardRefused):
        raise
    except GatewayError:
        look_at_subscription(subscription, by=by)
        subscription.refresh_from_db()
        _check_going_on(subscription)
        if subscription.status not in GOING_ON:
            raise ChangeRefused(NOT_BEGUN) from None
        raise


def _look_at_latest_invoice(
    subscription: Subscription, told: SubscriptionSnapshot, *, by: str
) -> None:
    if told.latest_invoice_id:
        look_at_invoice(subscription, told.latest_invoice_id, by=by)


def _check_going_on(subscription: Subscription) -> None:
    if subscription.status in ENDED_SUBSCRIPTION:
        raise ChangeRefused("Cet abonnement est terminé.")
    if subscription.stripe_id is None:
        raise ChangeRefused(NOT_BEGUN)


def _stripe_id(subscription: Subscription) -> str:
    return str(subscription.stripe_id)
