from datetime import timedelta

import pytest
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from orders.actions.deliver import note_sent
from orders.models import Order
from orders.status import OrderStatus
from orders.work_queues import Queue, counts, in_queue
from tests.factories.orders import make_order
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_paid_order,
    make_submitted_reading,
    make_working_expert,
)

pytestmark = pytest.mark.django_db


def waiting(queue: Queue) -> list[Order]:
    return list(in_queue(Order.objects.all(), queue))


def whatsapp_order() -> Order:
    return make_assigned_order(delivery_format="whatsapp")


def test_each_order_waits_where_its_work_is() -> None:
    paid = make_paid_order()
    in_progress = make_assigned_order()
    to_validate = make_submitted_reading().order
    to_deliver = make_delivered_order(whatsapp_order())
    late = make_paid_order(due_at=now() - timedelta(minutes=1))
    done = make_delivered_order(whatsapp_order())
    note_sent(done, by="support")
    for status in (OrderStatus.PENDING, OrderStatus.FAILED, OrderStatus.REFUNDED):
        make_order(status=status, due_at=now() - timedelta(days=1))

    found = {queue: set(waiting(queue)) for queue in Queue}

    assert found == {
        Queue.TO_ASSIGN: {paid, late},
        Queue.IN_PROGRESS: {in_progress},
        Queue.TO_VALIDATE: {to_validate},
        Queue.TO_DELIVER: {to_deliver},
        Queue.LATE: {late},
    }
    sizes = {queue: len(orders) for queue, orders in found.items()}
    assert counts(Order.objects.all()) == sizes


@pytest.mark.parametrize("status", ["paid", "processing", "awaiting_validation"])
def test_a_frozen_order_waits_for_no_work_but_is_late_when_it_is(status: str) -> None:
    make_order(status=status, is_on_hold=True, due_at=now() - timedelta(hours=1))

    found = {queue for queue in Queue if waiting(queue)}

    in_progress = {Queue.IN_PROGRESS} if status == "processing" else set()
    assert found == {Queue.LATE} | in_progress
    numbers = counts(Order.objects.all())
    assert {queue for queue in Queue if numbers[queue]} == found


def test_what_is_frozen_before_it_was_handed_over_waits() -> None:
    order = make_delivered_order(whatsapp_order())
    Order.objects.filter(pk=order.pk).update(is_on_hold=True)

    assert waiting(Queue.TO_DELIVER) == []
    assert counts(Order.objects.all())[Queue.TO_DELIVER] == 0


def test_a_refunded_order_is_not_handed_over() -> None:
    order = make_delivered_order(whatsapp_order())
    order.move_to(OrderStatus.REFUNDED, by="stripe")

    assert waiting(Queue.TO_DELIVER) == []
    assert counts(Order.objects.all())[Queue.TO_DELIVER] == 0


@pytest.mark.parametrize("status", ["paid", "processing", "awaiting_validation"])
def test_without_a_promise_nothing_is_late(status: str) -> None:
    make_order(status=status, due_at=None)

    assert waiting(Queue.LATE) == []
    assert counts(Order.objects.all())[Queue.LATE] == 0


def test_only_the_given_orders_are_counted() -> None:
    noor = make_working_expert(slug="noor")
    mine = make_paid_order(expert=noor)
    make_paid_order()
    make_delivered_order(whatsapp_order())

    numbers = counts(Order.objects.filter(expert=noor).order_by("due_at"))

    assert numbers[Queue.TO_ASSIGN] == 1
    assert sum(numbers.values()) == 1
    orders = Order.objects.filter(expert=noor)
    assert list(in_queue(orders, Queue.TO_ASSIGN)) == [mine]


def test_counting_takes_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        make_delivered_order(whatsapp_order())

    with django_assert_num_queries(2):
        counts(Order.objects.all())


def test_the_queues_have_french_names() -> None:
    assert [queue.label for queue in Queue] == [
        "À attribuer",
        "En préparation",
        "À valider",
        "À remettre",
        "En retard",
    ]
