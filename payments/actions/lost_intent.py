from datetime import timedelta

from payments.gateway import gateway
from payments.models import Payment, Subscription
from payments.subscriptions.begin import find_lost_subscription

# Clocks differ, ours from Stripe's too.
SLACK = timedelta(minutes=5)


def find_lost_intent(payment: Payment) -> bool:
    """Look at Stripe for the intent of a payment whose answer was lost.

    Remembers its id and returns True if it is there, as it does when another request
    was faster to find it. The idempotency key would find it too, but Stripe forgets
    keys after a day.
    """
    if begun := Subscription.objects.filter(first_payment=payment).first():
        found = find_lost_subscription(begun)
        payment.refresh_from_db()
        return found
    for intent in gateway().intents_since(payment.created_at - SLACK):
        if intent.order_id == str(payment.order_id) and not _is_anothers(
            intent.intent_id, payment
        ):
            payment.remember_intent(intent.intent_id)
            return True
    return False


def _is_anothers(intent_id: str, payment: Payment) -> bool:
    others = Payment.objects.exclude(pk=payment.pk)
    return others.filter(intent_id=intent_id).exists()
