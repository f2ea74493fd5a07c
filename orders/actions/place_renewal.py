"""The next period of a subscription: another consultation of the same kind."""

from lumira.kit.db import transactional
from orders.models import Order
from orders.models.history import write_history
from orders.status import OrderStatus


@transactional
def place_renewal(
    first: Order, *, amount: int, currency: str, key: str, by: str
) -> Order:
    """An unpaid order like `first`, at this price (minor units).

    `key` names the period (64 characters at most): a repeat finds the same order. Who
    wants one order from two calls at once takes a row of its own first, or meets an
    IntegrityError.
    """
    if earlier := Order.objects.filter(request_key=key).first():
        return earlier
    order = Order.objects.create(
        renews=first,
        user=first.user,
        email=first.email,
        name=first.name,
        service=first.service,
        expert=first.expert,
        level=first.level,
        duration=first.duration,
        amount=amount,
        currency=currency,
        audio_voice=first.audio_voice,
        delivery_format=first.delivery_format,
        intake=first.intake,
        language=first.language,
        request_key=key,
    )
    note = f"Abonnement commencé avec {first.number}"
    write_history(order, after=OrderStatus.PENDING, by=by, note=note)
    return order
