"""Exact sums of known books: by currency, by day of the shop, and before that."""

from datetime import UTC, date, datetime, timedelta

import pytest

from payments.dashboard.period import period_of
from payments.dashboard.takings import Sums, Takings, takings
from payments.models import Payment, Refund
from payments.status import PaymentStatus, RefundStatus
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)  # 12:00 in Paris
TODAY = date(2026, 11, 22)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def collect(amount: int, *, at: datetime = NOON, currency: str = "eur") -> Payment:
    return make_payment(
        order=make_order(amount=amount, currency=currency),
        status=PaymentStatus.COMPLETED,
        created_at=at - HOUR,
        completed_at=at,
    )


def give_back(
    payment: Payment,
    amount: int,
    *,
    at: datetime = NOON,
    status: RefundStatus = RefundStatus.SUCCEEDED,
) -> Refund:
    return Refund.objects.create(
        payment=payment,
        order_number=payment.order_number,
        amount=amount,
        currency=payment.currency,
        status=status,
        requested_by="claire",
        created_at=at,
    )


def euros(*, days: int = 1, at: datetime = NOON) -> Takings:
    (one,) = takings(period_of(days, at=at))
    assert one.currency == "eur"
    return one


def test_what_was_collected_is_summed_and_averaged() -> None:
    collect(7900)
    collect(2900)

    one = euros()

    assert (one.now.captured, one.now.payments, one.now.average) == (10_800, 2, 5_400)


def test_half_a_cent_of_an_average_rounds_up() -> None:
    collect(100)
    collect(101)

    assert euros().now.average == 101


@pytest.mark.parametrize(
    "status", sorted(set(PaymentStatus) - {PaymentStatus.COMPLETED}), ids=str
)
def test_a_payment_that_is_not_collected_is_no_money(status: PaymentStatus) -> None:
    make_payment(status=status, created_at=NOON)

    assert takings(period_of(1, at=NOON)) == []


def test_partial_refunds_are_summed_and_leave_the_rest() -> None:
    payment = collect(7900)
    give_back(payment, 1000)
    give_back(payment, 550)

    one = euros()

    assert (one.now.captured, one.now.refunded, one.now.net) == (7900, 1550, 6350)


@pytest.mark.parametrize("status", [RefundStatus.FAILED, RefundStatus.CANCELED])
def test_a_refund_that_did_not_work_takes_nothing_away(status: RefundStatus) -> None:
    give_back(collect(7900), 7900, status=status)

    one = euros()

    assert (one.now.refunded, one.now.on_the_way, one.now.net) == (0, 0, 7900)


@pytest.mark.parametrize("status", [RefundStatus.PENDING, RefundStatus.REQUIRES_ACTION])
def test_a_refund_on_its_way_is_told_apart(status: RefundStatus) -> None:
    payment = collect(7900)
    give_back(payment, 1000)
    give_back(payment, 900, status=status)

    one = euros()

    assert (one.now.refunded, one.now.on_the_way, one.now.net) == (1000, 900, 6900)


def test_a_refund_counts_on_its_own_day_whenever_the_payment_was() -> None:
    give_back(collect(7900, at=NOON - 20 * DAY), 7900)

    one = euros()

    assert (one.now.captured, one.now.refunded, one.now.net) == (0, 7900, -7900)


def test_two_currencies_are_never_added() -> None:
    collect(7900)
    collect(500)
    give_back(collect(12_000, currency="jpy"), 2_000)

    first, second = takings(period_of(1, at=NOON))

    assert (first.currency, first.now.captured, first.now.refunded) == ("eur", 8400, 0)
    assert (second.currency, second.now.captured, second.now.refunded) == (
        "jpy",
        12_000,
        2_000,
    )
    assert second.now.average == 12_000


def test_midnight_in_paris_separates_two_days() -> None:
    midnight = datetime(2026, 11, 21, 23, tzinfo=UTC)
    collect(100, at=midnight)
    collect(2000, at=midnight - timedelta(milliseconds=1))

    one = euros()

    assert one.now.captured == 100
    assert one.days[TODAY].captured == 100
    assert one.days[TODAY - DAY].captured == 2000


@pytest.mark.parametrize(
    ("day", "first_hour", "hours"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC), 23),
        (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC), 25),
    ],
    ids=["clocks go forward", "clocks go back"],
)
def test_every_hour_of_a_day_that_changes_its_clocks_is_that_day(
    day: date, first_hour: datetime, hours: int
) -> None:
    for hour in range(-1, hours + 1):  # the last of the day before, the first after
        payment = collect(100, at=first_hour + hour * HOUR)
        give_back(payment, 10, at=first_hour + hour * HOUR)

    one = euros(days=7, at=first_hour + 3 * DAY)

    assert one.days[day] == Sums(
        captured=100 * hours, payments=hours, refunded=10 * hours
    )
    assert one.days[day - DAY].captured == one.days[day + DAY].captured == 100


def test_the_time_before_is_counted_up_to_the_same_hour() -> None:
    collect(100, at=NOON - DAY - HOUR)
    give_back(collect(2000, at=NOON - DAY), 5, at=NOON - DAY - HOUR)

    one = euros()

    assert one.now == Sums()
    assert (one.before.captured, one.before.payments, one.before.refunded) == (
        100,
        1,
        5,
    )
    # The bar of that day is the whole day all the same.
    assert one.days[TODAY - DAY].captured == 2100


def test_seven_days_hold_the_first_and_compare_with_the_seven_before() -> None:
    collect(1, at=datetime(2026, 11, 15, 23, 0, tzinfo=UTC))  # the 16th in Paris
    collect(20, at=datetime(2026, 11, 15, 10, 0, tzinfo=UTC))
    collect(300, at=datetime(2026, 11, 8, 23, 0, tzinfo=UTC))
    collect(4000, at=datetime(2026, 11, 8, 22, 59, tzinfo=UTC))

    one = euros(days=7)

    assert one.now.captured == 1
    assert one.before.captured == 320


def test_a_day_without_money_has_its_place_in_the_chart() -> None:
    collect(7900)

    one = euros(days=7)

    assert list(one.days) == [TODAY - ago * DAY for ago in range(6, -1, -1)]
    assert one.days[TODAY - DAY] == Sums()


def test_an_empty_shop_has_no_currency() -> None:
    assert takings(period_of(30, at=NOON)) == []
