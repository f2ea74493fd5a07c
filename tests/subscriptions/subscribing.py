"""Subscribers, and months that pass for them."""

from datetime import UTC, datetime
from typing import Any

import stripe

from lumira.outbox.models import Message
from orders.models import Order, Service
from payments.actions.confirm_payment import confirm_payment
from payments.actions.start_payment import start_payment
from payments.models import Customer, Payment, Subscription
from payments.subscriptions.look import look_at_subscription
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order
from tests.sandbox.billing.making import (
    UNTIL_FINAL_S,
    advance,
    give_card,
    make_clock,
    period_of,
)
from tests.sandbox_process import SandboxProcess

GOOD_CARD = "4242424242424242"


def make_monthly(**fields: Any) -> Service:
    """Accompagnement Intégral, 97,00 € a month."""
    about = {
        "slug": "integral",
        "name": "Accompagnement Intégral",
        "price": 9700,
        "level": 4,
        "billing": "month",
    }
    return make_service(**(about | fields))


def make_monthly_order(**fields: Any) -> Order:
    return make_order(**({"service": make_monthly()} | fields))


def sdk(sandbox: SandboxProcess) -> Any:
    """Stripe's own client at the sandbox, to see and to make what the shop does not."""
    return stripe.StripeClient("sk_test_shop", base_addresses={"api": sandbox.url}).v1


def under_a_clock(sandbox: SandboxProcess, email: str = "alice@example.org") -> Any:
    """A test clock, and our customer under it: their time is ours to move."""
    api = sdk(sandbox)
    # From today on: what is long past is not looked for any more.
    clock = make_clock(api, f"{datetime.now(UTC):%Y-%m-%d %H:%M}")
    customer = api.customers.create({"email": email, "test_clock": clock.id})
    Customer.objects.create(email=email, livemode=False, stripe_id=customer.id)
    return clock


def subscribe(
    sandbox: SandboxProcess, order: Order | None = None, *, card: str = GOOD_CARD
) -> Subscription:
    """Through the checkout, to the first paid period."""
    payment, intent = start_payment(order or make_monthly_order())
    sandbox.pay(intent.intent_id, card=card)
    confirm_payment(payment, by="customer")
    subscription = Subscription.objects.get(first_payment=payment)
    look_at_subscription(subscription, by="customer")
    subscription.refresh_from_db()
    return subscription


def pass_a_period(sandbox: SandboxProcess, clock: Any, subscription: Any) -> None:
    """Let the period end, and its successor's invoice be tried. Nobody tells us."""
    api = sdk(sandbox)
    _, end = period_of(api.subscriptions.retrieve(subscription.stripe_id))
    advance(api, clock, end + UNTIL_FINAL_S)
    sandbox.wait_until_idle()


def taken_at_stripe(sandbox: SandboxProcess) -> int:
    """What Stripe collected and did not give back, in minor units."""
    charges = sdk(sandbox).charges.list({"limit": 100}).auto_paging_iter()
    return sum(c.amount_captured - c.amount_refunded for c in charges if c.paid)


def taken_here() -> int:
    rows = Payment.objects.filter(status="completed")
    return sum(row.amount - row.amount_refunded for row in rows)


def charge_from_now_on(
    sandbox: SandboxProcess, subscription: Subscription, method: str
) -> None:
    """The customer's next periods are charged to this one of Stripe's test cards."""
    api = sdk(sandbox)
    customer = api.customers.retrieve(subscription.customer.stripe_id)
    attached = give_card(api, customer, method)
    api.subscriptions.update(
        subscription.stripe_id, {"default_payment_method": attached.id}
    )


def letters_about(topic: str) -> list[dict[str, Any]]:
    """What was saved to be told about this, oldest first."""
    rows = Message.objects.filter(topic=topic).order_by("created_at")
    return [row.payload for row in rows]
