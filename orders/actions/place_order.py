"""Create an unpaid order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError

from lumira.kit.db import transactional
from lumira.kit.prepared_writes import insert
from lumira.limits.origins import note_new
from lumira.limits.subjects import Subjects
from orders.actions.follow_up import first_look
from orders.models import Expert, Order, Service
from orders.models.history import write_history
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus


class NotOffered(Exception):
    """This cannot be ordered: the service is not on sale, or not by this expert."""


class RequestKeyReused(Exception):
    """The key of an earlier request came back with another order in it."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, and what they told us. `intake` has the original document's names."""

    email: str = ""
    name: str = ""
    intake: dict[str, Any] = field(default_factory=dict, repr=False)
    audio_voice: str = ""
    delivery_format: str = DeliveryFormat.EMAIL
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class RequestId:
    """What makes a repeated request recognisable.

    `key` is the same for a repeat and for no other request (64 characters at most);
    `digest` says what was asked for.
    """

    key: str
    digest: str


def placed_before(request: RequestId | None) -> Order | None:
    """The order an earlier call of this request placed, whatever the catalogue says
    today. Raises RequestKeyReused if that call asked for something else."""
    if request is None:
        return None
    order = Order.objects.filter(request_key=request.key).first()
    if order and order.request_digest != request.digest:
        raise RequestKeyReused(request.key)
    return order


def place_order(
    *,
    service: Service,
    expert: Expert | None,
    buyer: Buyer,
    by: str,
    request: RequestId | None = None,
    sender: Subjects | None = None,
    with_it: Callable[[Order], object] | None = None,
) -> Order:
    """Create an order at today's price. Nothing is charged here.

    `sender` is kept for what is told of this order's cards later. `with_it` saves
    what comes with a new order, in the same transaction. A repeat of the
    same `request` returns the order of the first call. Raises RequestKeyReused and
    NotOffered.
    """
    if earlier := placed_before(request):
        return earlier
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
        currency=service.currency.lower(),
        audio_voice=buyer.audio_voice,
        delivery_format=buyer.delivery_format,
        intake=buyer.intake,
        language=buyer.language,
        request_key=request.key if request else None,
        request_digest=request.digest if request else "",
        follow_up_at=first_look() if buyer.email.strip() else None,
    )
    try:
        _save(order, by=by, sender=sender or {}, with_it=with_it)
    except IntegrityError:
        # The same request, twice at once: the other one was faster.
        if earlier := placed_before(request):
            return earlier
        raise
    return order


@transactional
def _save(
    order: Order,
    *,
    by: str,
    sender: Subjects,
    with_it: Callable[[Order], object] | None,
) -> None:
    insert(order)
    write_history(order, after=OrderStatus.PENDING, by=by)
    note_new(str(order.pk), sender)
    if with_it:
        with_it(order)
