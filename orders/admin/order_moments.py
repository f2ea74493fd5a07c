"""What the shop itself knows of an order's life, for its timeline."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from orders.admin.order_answers import may_read_answers
from orders.admin.timeline import Moment, add_timeline_source
from orders.admin.work_on_order import decision_on, delivery_of
from orders.models import Order, OrderEvent, Reading
from orders.status import OrderStatus, ValidationStatus

# What `by` says when no person of the staff did it. Other words are shown as they are.
ACTORS = {
    "customer": "Client",
    "checkout": "Page de paiement",
    "api": "API",
    "demo": "Démonstration",
    "expiry": "Échéance",
    "reconcile": "Rapprochement",
    "settlement": "Encaissement",
    "worker": "Automate",
}


# What is past asks nothing of anybody: only an end, good or bad, has a colour.
TONES = {OrderStatus.FAILED: "danger", OrderStatus.COMPLETED: "success"}


def actor(by: str) -> str:
    return ACTORS.get(by, by)


@add_timeline_source
def moves(order: Order, request: HttpRequest) -> Iterator[Moment]:
    """The checkout, every change of state, who has the order, what was noted."""
    for event in order.events.all():
        yield _move(event)


def _move(event: OrderEvent) -> Moment:
    status = OrderStatus(event.after)
    title, detail, tone = str(status.label), event.note, TONES.get(status, "")
    if not event.before:
        title, tone = "Commande passée", ""
    elif event.before == event.after:
        # Nothing moved: the note is what happened (a hold, a release).
        title, detail, tone = event.note or title, "", ""
    return Moment(event.at, title, detail, by=actor(event.by), tone=tone)


@add_timeline_source
def readings(order: Order, request: HttpRequest) -> Iterator[Moment]:
    """Each revision and the decision on it. Its page is for who reads answers."""
    may_read = may_read_answers(request)
    for reading in order.readings.all():
        url = reading_url(reading) if may_read else ""
        yield Moment(
            reading.created_at,
            f"Révision {reading.revision} de la lecture",
            by=reading.author.get_username(),
            url=url,
        )
        decision = decision_on(reading)
        if decision is None or decision.validated_at is None:
            continue
        is_approved = decision.status == ValidationStatus.APPROVED
        yield Moment(
            decision.validated_at,
            f"Décision sur la révision {reading.revision} : "
            f"{decision.get_status_display().lower()}",
            decision.rejection_reason if may_read else "",
            by=decision.validator.get_username() if decision.validator else "",
            url=url,
            tone="success" if is_approved else "danger",
        )


@add_timeline_source
def deliveries(order: Order, request: HttpRequest) -> Iterator[Moment]:
    delivery = delivery_of(order)
    if delivery and delivery.sent_at:
        yield Moment(
            delivery.sent_at,
            "Lecture remise au client",
            str(order.get_delivery_format_display()),
            by=actor(delivery.sent_by),
            tone="success",
        )


def reading_url(reading: Reading) -> str:
    return reverse(
        "admin:orders_order_reading", args=[reading.order_id, reading.revision]
    )
