"""Orders by state, and how long customers waited."""

from datetime import UTC, datetime, timedelta

import pytest

from orders.models import Order
from orders.status import OrderStatus
from payments.dashboard.order_figures import Deliveries, OrderFigures, order_figures
from payments.dashboard.period import period_of
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
S = OrderStatus


def today() -> OrderFigures:
    return order_figures(period_of(1, at=NOON))


def deliver(
    waited: timedelta,
    *,
    at: datetime = NOON,
    due_at: datetime | None = None,
    status: OrderStatus = S.COMPLETED,
) -> Order:
    paid_at = at - waited
    return make_order(
        status=status,
        created_at=paid_at - HOUR,
        paid_at=paid_at,
        completed_at=at,
        due_at=due_at,
    )


def test_orders_placed_in_the_period_are_counted_by_state_and_all_states_named() -> (
    None
):
    make_order(created_at=NOON)
    make_order(created_at=NOON)
    make_order(created_at=NOON, status=S.FAILED)
    make_order(created_at=NOON - DAY)

    figures = today()

    assert figures.by_state == dict.fromkeys(S, 0) | {S.PENDING: 2, S.FAILED: 1}
    assert figures.placed == 3


def test_an_order_is_paid_on_the_day_of_its_payment_and_stays_so_when_refunded() -> (
    None
):
    make_order(created_at=NOON - 5 * DAY, paid_at=NOON, status=S.PAID)
    make_order(created_at=NOON, paid_at=NOON, status=S.REFUNDED)
    make_order(created_at=NOON)
    make_order(created_at=NOON - 5 * DAY, paid_at=NOON - DAY - HOUR, status=S.PAID)
    make_order(created_at=NOON - 5 * DAY, paid_at=NOON - DAY, status=S.PAID)

    figures = today()

    assert (figures.paid, figures.paid_before) == (2, 1)


def test_the_wait_is_the_mean_from_payment_to_delivery() -> None:
    deliver(10 * HOUR)
    deliver(20 * HOUR, status=S.REFUNDED)
    deliver(99 * HOUR, at=NOON - DAY - HOUR)

    figures = today()

    assert (figures.delivered.number, figures.delivered.average) == (2, 15 * HOUR)
    assert figures.delivered_before.average == 99 * HOUR


def test_on_time_is_before_the_promised_moment_and_no_promise_is_none_kept() -> None:
    deliver(HOUR, due_at=NOON)
    deliver(HOUR, due_at=NOON - timedelta(seconds=1))
    deliver(HOUR, due_at=None)

    delivered = today().delivered

    assert (delivered.on_time, delivered.number) == (1, 3)


def test_nothing_delivered_has_no_average() -> None:
    assert today().delivered == Deliveries()
    assert today().delivered.average is None
