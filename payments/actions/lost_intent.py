from datetime import timedelta

from payments.gateway import gateway
from payments.models import Payment, Subscription
from payments.subscriptions.begin import find_lost_subscription

# Clocks differ, ours from Stripe's too.
SLACK = timedelta(minutes=5)


def find_lost_intent(payment: Payment) -> bool:
    """Look at Stripe for the intent of a payment whose answer was lost.

    Remembers its id and returns True if it is there. The idempotency key would find
    it too, but Stripe forgets keys after a day.
    """
    if begun := Subscription.objects.filter(first_payment=payment).first():
        found = find_lost_subscription(begun)
        payment.refresh_from_db()
        return found
    for intent in gateway().intents_since(payment.created_at - SLACK):
        is_ours = intent.order_id == str(payment.order_id)
        if is_ours and not Payment.objects.filter(intent_id=intent.intent_id).exists():
            payment.remember_intent(intent.intent_id)
            return True
    return False
