"""A customer's corrected address, where money has it."""

import uuid
from collections.abc import Collection
from uuid import UUID

from lumira.outbox.announcing import announce
from lumira.outbox.topics import Payload, delivers
from orders.actions.correct_email import also_correct
from orders.models import Order
from payments.gateway import NotFound, gateway, is_live
from payments.models import Customer, Subscription

TELL = "customer_address"
# A row that keeps charging, and that no address leads to any more.
DETACHED = "replaced.invalid"


@also_correct
def follow(orders: Collection[UUID], *, before: str, after: str) -> None:
    """Subscriptions take the new address, and cards stay with whoever pays with them.

    Saved cards are shown to whom an address belongs. So the old address must not lead
    to those of this person; and the new one only if it did not have others before, and
    nobody else is left at the old one.
    """
    moved = Subscription.objects.filter(first_order_id__in=orders)
    moved.update(email=after)
    if not before:
        return
    paying = set(moved.values_list("customer_id", flat=True))
    is_left = Order.objects.filter(email=before).exists()
    for row in Customer.objects.filter(email=before):
        if is_left and row.pk not in paying:
            continue
        others = Customer.objects.filter(email=after, livemode=row.livemode)
        is_free = not is_left and not others.exists()
        new = after if is_free else f"{row.pk}@{DETACHED}"
        Customer.objects.filter(pk=row.pk, email=before).update(email=new)
        announce(
            TELL,
            key=f"{TELL}:{uuid.uuid4()}",
            customer_id=str(row.pk),
        )


@delivers(TELL)
def tell_stripe(payload: Payload) -> None:
    """Stripe writes to the new address, if it writes. Raises GatewayError."""
    row = Customer.objects.filter(pk=payload["customer_id"], erasure=None).first()
    if row is None or row.stripe_id is None or row.livemode != is_live():
        return
    subscription = Subscription.objects.filter(customer=row).exclude(email="").first()
    email = subscription.email if subscription else row.email
    try:
        gateway().billing.set_email(row.stripe_id, email=email)
    except NotFound:
        return  # deleted in the dashboard
