"""Create an unpaid order."""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError

from lumira.kit.db import transactional
from orders.models import Expert, Order, OrderEvent, Service
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus


class NotOffered(Exception):
    """This cannot be ordered: the service is not on sale, or not by this expert."""


class RequestKeyReused(Exception):
    """The key of an earlier request came back with another order in it."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, and what they told us. `intake` has the seed's names for keys."""

    email: str = ""
    name: str = ""
    intake: dict[str, Any] = field(default_factory=dict, repr=False)
    audio_voice: str = ""
    delivery_format: str = DeliveryFormat.EMAIL
    language: str = "fr"


def place_order(
    *,
    service: Service,
    expert: Expert | None,
    buyer: Buyer,
    by: str,
    request_key: str | None = None,
) -> Order:
    """Create an order at today's price. Nothing is charged here.

    A repeat with the same `request_key` returns the order of the first call;
    raises RequestKeyReused if it asks for something else. Raises NotOffered.
    """
    if not service.is_orderable:
        raise NotOffered(f"{service.slug} is not on sale")
    if expert and not (expert.is_active and expert.offers_service(service)):
        raise NotOffered(f"{expert.slug} does not offer {service.slug}")
    order = Order(
        service=service,
        expert=expert,
        email=buyer.email.strip().lower(),
        name=buyer.name,
        level=service.level,
        duration=service.duration,
        amount=service.price,
        currency=service.currency,
        audio_voice=buyer.audio_voice,
        delivery_format=buyer.delivery_format,
        intake=buyer.intake,
        language=buyer.language,
        request_key=request_key,
    )
    if request_key and (earlier := _placed_with(order)):
        return earlier
    try:
        _save(order, by=by)
    except IntegrityError:
        earlier = _placed_with(order) if request_key else None
        if not earlier:
            raise
        return earlier
    return order


@transactional
def _save(order: Order, *, by: str) -> None:
    order.save(force_insert=True)
    OrderEvent.objects.create(order=order, after=OrderStatus.PENDING, by=by)


def _placed_with(order: Order) -> Order | None:
    """The order that the same request placed before."""
    earlier = Order.objects.filter(request_key=order.request_key).first()
    if earlier is None:
        return None
    wanted = (order.service_id, order.expert_id, order.email)
    if (earlier.service_id, earlier.expert_id, earlier.email) != wanted:
        raise RequestKeyReused(str(order.request_key))
    return earlier
