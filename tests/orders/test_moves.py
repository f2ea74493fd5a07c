from datetime import timedelta
from itertools import pairwise, product

import pytest
from django.db.models import ProtectedError
from django.utils.timezone import now

from orders.models import Order, OrderEvent
from orders.status import InvalidMove, OrderStatus
from tests.factories.orders import make_order
from tests.lumira.at_once import at_once

# The table of SPEC §4.
ALLOWED = {
    ("pending", "paid"),
    ("pending", "failed"),
    ("failed", "paid"),
    ("paid", "processing"),
    ("paid", "refunded"),
    ("processing", "awaiting_validation"),
    ("processing", "refunded"),
    ("awaiting_validation", "completed"),
    ("awaiting_validation", "processing"),
    ("awaiting_validation", "refunded"),
    ("completed", "refunded"),
}
PAIRS = list(product(OrderStatus.values, repeat=2))
STAY = [(before, after) for before, after in PAIRS if before == after]
FORBIDDEN = [pair for pair in PAIRS if pair not in ALLOWED and pair not in STAY]


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), sorted(ALLOWED))
def test_an_allowed_move_is_made_and_written_down(before: str, after: str) -> None:
    order = make_order(status=before)

    moved = order.move_to(OrderStatus(after), by="léa", note="parce que")

    line = OrderEvent.objects.get(order=order)
    assert moved is True
    assert order.status == Order.objects.get(pk=order.pk).status == after
    assert (line.before, line.after, line.by) == (before, after, "léa")
    assert line.note == "parce que"
    assert abs(now() - line.at) < timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), FORBIDDEN)
def test_any_other_move_is_refused_and_leaves_no_trace(before: str, after: str) -> None:
    order = make_order(status=before)

    with pytest.raises(InvalidMove):
        order.move_to(OrderStatus(after), by="léa")

    assert Order.objects.get(pk=order.pk).status == before
    assert not OrderEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), STAY)
def test_moving_to_where_it_is_changes_nothing(before: str, after: str) -> None:
    order = make_order(status=before)

    moved = order.move_to(OrderStatus(after), by="léa")

    assert moved is False
    assert not OrderEvent.objects.exists()


@pytest.mark.django_db
def test_a_move_looks_at_the_database_not_at_an_old_copy() -> None:
    order = make_order()
    old_copy = Order.objects.get(pk=order.pk)
    order.move_to(OrderStatus.PAID, by="stripe")

    with pytest.raises(InvalidMove):
        old_copy.move_to(OrderStatus.FAILED, by="stripe")

    assert Order.objects.get(pk=order.pk).status == "paid"


@pytest.mark.django_db
def test_a_move_saves_nothing_else_of_an_old_copy() -> None:
    order = make_order()
    old_copy = Order.objects.get(pk=order.pk)
    Order.objects.update(name="Alice Dupont")

    old_copy.move_to(OrderStatus.PAID, by="stripe", paid_at=now())

    order.refresh_from_db()
    assert (order.name, order.status) == ("Alice Dupont", "paid")
    assert order.paid_at is not None


@pytest.mark.django_db(transaction=True)
def test_of_ten_movers_one_moves_and_history_has_one_line() -> None:
    order = make_order()

    answers = at_once(
        10, lambda _: Order.objects.get(pk=order.pk).move_to(OrderStatus.PAID, by="x")
    )

    assert sorted(answers, key=str) == [False] * 9 + [True]
    assert OrderEvent.objects.filter(order=order).count() == 1


@pytest.mark.django_db(transaction=True)
def test_paid_against_failed_ends_paid_and_the_history_is_a_chain() -> None:
    order = make_order()
    wanted = [OrderStatus.PAID, OrderStatus.FAILED] * 3

    answers = at_once(
        6, lambda n: Order.objects.get(pk=order.pk).move_to(wanted[n], by="x")
    )

    assert all(isinstance(answer, bool | InvalidMove) for answer in answers)
    lines = OrderEvent.objects.filter(order=order).order_by("at")
    chain = [(line.before, line.after) for line in lines]
    assert Order.objects.get(pk=order.pk).status == "paid"
    assert chain[0][0] == "pending"
    assert all(one[1] == two[0] for one, two in pairwise(chain))
    assert chain[-1][1] == "paid"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "status", sorted(set(OrderStatus.values) - {"pending", "failed"})
)
def test_an_order_that_money_moved_for_is_never_deleted(status: str) -> None:
    order = make_order(status=status)

    with pytest.raises(ProtectedError):
        order.delete()

    assert Order.objects.filter(pk=order.pk).exists()
