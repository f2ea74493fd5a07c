"""What the staff may do with an order itself, by its state and by who they are."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from orders.admin.order_access import own_expert
from orders.admin.steps import Step
from orders.admin.work_on_order import decision_on, delivery_of, latest_reading
from orders.models import Delivery, Order
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus


def own_steps(order: Order, request: HttpRequest) -> list[Step]:
    """The steps that make sense now and that this person may take. Wants load_work.

    Only what is offered: each action checks again for itself.
    """
    if order.is_on_hold:
        may = request.user.has_perm("orders.release_order")
        return [_step(order, "release", is_main=True)] if may else []
    find = {
        OrderStatus.PAID: _before_work,
        OrderStatus.PROCESSING: _at_work,
        OrderStatus.AWAITING_VALIDATION: _before_decision,
        OrderStatus.COMPLETED: _before_delivery,
    }.get(OrderStatus(order.status))
    return list(find(order, request)) if find else []


def may_claim(order: Order, request: HttpRequest) -> bool:
    """A paid order that names nobody else, for an expert who offers its service."""
    expert = own_expert(request)
    return (
        expert is not None
        and expert.is_active
        and order.expert_id in (None, expert.pk)
        and request.user.has_perm("orders.write_reading")
        and expert.offers.filter(service_id=order.service_id).exists()
    )


def may_write(order: Order, request: HttpRequest) -> bool:
    expert = own_expert(request)
    return (
        expert is not None
        and order.expert_id == expert.pk
        and request.user.has_perm("orders.write_reading")
    )


def has_something_to_submit(order: Order, request: HttpRequest) -> bool:
    """The latest revision is this person's own and was not handed in yet."""
    reading = latest_reading(order)
    return (
        reading is not None
        and reading.author_id == request.user.pk
        and decision_on(reading) is None
    )


def may_decide(order: Order, request: HttpRequest) -> bool:
    """A validator is neither the author nor the expert at work."""
    reading, expert = latest_reading(order), own_expert(request)
    return (
        reading is not None
        and reading.author_id != request.user.pk
        and (expert is None or expert.pk != order.expert_id)
        and request.user.has_perm("orders.validate_reading")
    )


def waits_for_a_person(order: Order, delivery: Delivery | None) -> bool:
    """Approved, and no mail that the worker sends counts as handed over."""
    by_hand = order.delivery_format == DeliveryFormat.WHATSAPP or not order.email
    return delivery is not None and delivery.sent_at is None and by_hand


def _before_work(order: Order, request: HttpRequest) -> Iterator[Step]:
    can_claim = may_claim(order, request)
    if can_claim:
        yield _step(order, "claim", is_main=True)
    if request.user.has_perm("orders.assign_order"):
        yield _step(order, "assign", is_main=not can_claim)


def _at_work(order: Order, request: HttpRequest) -> Iterator[Step]:
    if may_write(order, request):
        is_ready = has_something_to_submit(order, request)
        yield _step(order, "write", is_main=not is_ready)
        if is_ready:
            yield _step(order, "submit", is_main=True)
    if request.user.has_perm("orders.assign_order"):
        yield _step(order, "assign", label="Confier à un autre…")


def _before_decision(order: Order, request: HttpRequest) -> Iterator[Step]:
    if may_decide(order, request):
        yield _step(order, "decide", is_main=True)


def _before_delivery(order: Order, request: HttpRequest) -> Iterator[Step]:
    waits = waits_for_a_person(order, delivery_of(order))
    if waits and request.user.has_perm("orders.deliver_order"):
        yield _step(order, "deliver", is_main=True)


# What the buttons say; the addresses are those of OrderActions.
BUTTONS = {
    "release": ("Débloquer…", "lock_open"),
    "claim": ("Prendre la commande…", "front_hand"),
    "assign": ("Attribuer…", "person_add"),
    "write": ("Écrire la lecture", "edit_note"),
    "submit": ("Envoyer en validation…", "send"),
    "decide": ("Relire et décider…", "rule"),
    "deliver": ("Noter la remise…", "mark_email_read"),
}


def _step(order: Order, name: str, *, label: str = "", is_main: bool = False) -> Step:
    usual, icon = BUTTONS[name]
    url = reverse(f"admin:orders_order_{name}", args=[order.pk])
    return Step(name, label or usual, url, icon=icon, is_main=is_main)
