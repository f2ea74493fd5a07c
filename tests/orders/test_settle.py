"""What money does to an order: mark_paid and mark_payment_failed."""

import pytest
from django.utils.timezone import now

from lumira.outbox.models import Message
from orders.actions.settle import mark_paid, mark_payment_failed
from orders.models import Order, OrderEvent
from orders.status import OrderStatus
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
PAST_PAYING = sorted(set(OrderStatus.values) - {"pending", "failed"})


@pytest.mark.parametrize("status", ["pending", "failed"])
def test_an_unpaid_order_becomes_paid_and_its_buyer_is_told_once(status: str) -> None:
    moment = now().replace(microsecond=0)  # MongoDB keeps milliseconds
    order = make_order(status=status)

    answers = [mark_paid(order, at=moment, by="stripe") for _ in range(3)]

    order.refresh_from_db()
    assert answers == [True, False, False]
    assert (order.status, order.paid_at) == ("paid", moment)
    assert OrderEvent.objects.get(order=order).by == "stripe"
    assert Message.objects.get().payload == {"order_id": str(order.pk)}


@pytest.mark.parametrize("status", PAST_PAYING)
def test_an_order_that_is_past_paying_stays_where_it_is(status: str) -> None:
    order = make_order(status=status)

    paid = mark_paid(order, at=now(), by="stripe")
    failed = mark_payment_failed(order, by="stripe", note="canceled")

    assert (paid, failed) == (False, False)
    assert Order.objects.get(pk=order.pk).status == status
    assert not Message.objects.exists()
    assert not OrderEvent.objects.exists()


def test_a_failure_is_written_down_and_the_order_can_still_be_paid() -> None:
    order = make_order()

    mark_payment_failed(order, by="stripe", note="card_declined")
    mark_payment_failed(order, by="stripe", note="card_declined")
    paid = mark_paid(order, at=now(), by="stripe")

    lines = OrderEvent.objects.filter(order=order).order_by("at")
    assert paid is True
    assert [(line.after, line.note) for line in lines] == [
        ("failed", "card_declined"),
        ("paid", ""),
    ]


def test_an_old_copy_of_the_order_changes_nothing_that_is_settled() -> None:
    order = make_order()
    old_copy = Order.objects.get(pk=order.pk)
    mark_paid(order, at=now(), by="stripe")

    failed = mark_payment_failed(old_copy, by="stripe", note="late")

    assert failed is False
    assert Order.objects.get(pk=order.pk).status == "paid"
