"""A returning buyer's saved cards: shown to them alone, saved with consent alone."""

import logging
from dataclasses import dataclass, field

from payments.gateway import GatewayError, gateway
from payments.models import Payment, Subscription
from payments.subscriptions.at_stripe import stripe_customer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SavedCards:
    """`client_secret` opens them in the Payment Element, for half an hour."""

    customer_id: str
    client_secret: str = field(repr=False)

    def can_pay(self, payment: Payment) -> bool:
        """Whether the attempt was made for the same customer: Stripe insists on it."""
        begun = Subscription.objects.filter(first_payment=payment).first()
        if begun:
            return begun.customer.stripe_id == self.customer_id
        return payment.stripe_customer_id == self.customer_id


def open_saved_cards(email: str) -> SavedCards | None:
    """The cards of this address, which the caller knows to be proven.

    They are a comfort: when Stripe does not answer, None, and the card is typed in.
    """
    try:
        customer_id = str(stripe_customer(email).stripe_id)
        secret = gateway().billing.open_customer_session(customer_id)
    except GatewayError as problem:
        logger.warning("Saved cards cannot be shown: %s", problem)
        return None
    return SavedCards(customer_id, secret)
