"""Money that is under way keeps a person from being erased."""

from collections.abc import Collection, Iterator
from uuid import UUID

from payments.actions.close_payment import close_payment
from payments.gateway import GatewayError
from payments.models import Dispute, Payment, Refund, Subscription
from payments.status import (
    ENDED,
    ENDED_SUBSCRIPTION,
    ON_THE_WAY,
    OPEN,
    PaymentStatus,
    SubscriptionStatus,
)
from payments.subscriptions.look import look_at_subscription


def close_what_nobody_paid(orders: Collection[UUID], *, by: str) -> None:
    """Cancel open attempts at Stripe. What cannot be closed stays an obstacle.

    Safe to repeat: what was paid meanwhile is settled instead.
    """
    waiting = Payment.objects.filter(order_id__in=orders, status__in=OPEN)
    for payment in waiting.exclude(status=PaymentStatus.PROCESSING):
        try:
            close_payment(payment, by=by)
            for begun in Subscription.objects.filter(first_payment=payment):
                look_at_subscription(begun, by=by)
        except GatewayError:
            continue


def open_money(orders: Collection[UUID], *, is_closed: bool) -> Iterator[str]:
    """What is open, and what to do about it, in French. Asks our books alone.

    Without `is_closed` not what `close_what_nobody_paid` is still to try.
    """
    payments = Payment.objects.filter(order_id__in=orders)
    ids = list(payments.values_list("pk", flat=True))
    still_open = payments.filter(status__in=OPEN)
    if not is_closed:
        still_open = still_open.filter(status=PaymentStatus.PROCESSING)
    for payment in still_open:
        yield f"{payment.order_number}\u00a0: {_wait_for(payment)}"
    for refund in Refund.objects.filter(payment_id__in=ids, status__in=ON_THE_WAY):
        yield (
            f"{refund.order_number}\u00a0: un remboursement est en cours. Attendez "
            "qu’il soit arrivé."
        )
    disputes = Dispute.objects.filter(payment_id__in=ids)
    for dispute in disputes.exclude(status__in=ENDED):
        yield (
            f"{dispute.order_number}\u00a0: un litige est ouvert. Ses preuves sont "
            "ici\u00a0: attendez la décision de la banque."
        )
    begun = Subscription.objects.filter(first_order_id__in=orders)
    if not is_closed:
        begun = begun.exclude(status=SubscriptionStatus.INCOMPLETE)
    for subscription in begun.exclude(status__in=ENDED_SUBSCRIPTION):
        # It never reached Stripe, and its attempt is closed: nobody can pay it.
        if subscription.stripe_id:
            yield f"{subscription.order_number}\u00a0: {_end(subscription)}"


def _wait_for(payment: Payment) -> str:
    if payment.status == PaymentStatus.PROCESSING:
        return "la banque n’a pas encore répondu à un paiement. Attendez sa réponse."
    return "un paiement est ouvert, et Stripe n’a pas pu l’annuler. Réessayez."


def _end(subscription: Subscription) -> str:
    if subscription.status == SubscriptionStatus.INCOMPLETE:
        return "un abonnement attend son premier paiement. Il expire en un jour."
    return "un abonnement est en cours. Arrêtez-le d’abord, tout de suite."
