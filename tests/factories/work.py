"""Orders on their way through the staff's hands, moved there by the actions."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from lumira.accounts.models import User
from orders.actions.assign import assign_order
from orders.actions.submit_reading import submit_reading
from orders.actions.validate_reading import approve_reading
from orders.actions.write_reading import write_reading
from orders.models import Expert, Order, Reading, Service
from orders.status import OrderStatus
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order


def make_person(username: str, **fields: Any) -> User:
    """Somebody of the staff; the same again for the same name."""
    found = User.objects.filter(username=username).first()
    return found or User.objects.create_user(username, is_staff=True, **fields)


def make_working_expert(*services: Service, slug: str = "camille") -> Expert:
    """An expert with a login of the same name, and an address."""
    expert = make_expert(*services, slug=slug)
    if expert.user is None:
        expert.user = make_person(slug, email=f"{slug}@lumira.example")
        expert.save()
    return expert


def make_paid_order(**fields: Any) -> Order:
    """Paid now, due in three days, for an expert who can log in."""
    fields = {"expert": make_working_expert(), **fields}
    return make_order(
        status=OrderStatus.PAID,
        paid_at=now(),
        due_at=fields.pop("due_at", now() + timedelta(days=3)),
        **fields,
    )


def make_assigned_order(**fields: Any) -> Order:
    """In the hands of the expert it names."""
    order = make_paid_order(**fields)
    assert order.expert
    assign_order(order, to=order.expert, by="support")
    order.refresh_from_db()
    return order


def author_of(order: Order) -> User:
    assert order.expert
    assert order.expert.user
    return order.expert.user


def write(order: Order, text: str = "Partez au printemps.", **more: Any) -> Reading:
    """One more revision, by the expert who has the order."""
    latest = order.readings.order_by("-revision").first()
    return write_reading(
        order,
        text=text,
        author=author_of(order),
        expected_revision=latest.revision if latest else 0,
        **more,
    )


def make_submitted_reading(order: Order | None = None, **more: Any) -> Reading:
    """A first revision that waits for a validator's decision."""
    order = order or make_assigned_order()
    reading = write(order, **more)
    submit_reading(reading, by=author_of(order).username)
    order.refresh_from_db()
    return Reading.objects.get(pk=reading.pk)


def make_delivered_order(order: Order | None = None, **more: Any) -> Order:
    """Written by one person, approved by another; the mail is on its way."""
    reading = make_submitted_reading(order, **more)
    approve_reading(reading, validator=make_person("valérie"))
    return Order.objects.get(pk=reading.order_id)
