"""What subscriptions bring in each month: which count, and for how much."""

import pytest

from payments.dashboard.recurring import Recurring, recurring
from tests.factories.subscriptions import (
    make_monthly_service,
    make_price,
    make_subscription,
)

pytestmark = pytest.mark.django_db


def test_each_currency_is_summed_by_itself() -> None:
    service = make_monthly_service()
    yen = make_price(service, amount=12_000, currency="jpy")
    make_subscription()
    make_subscription(amount=11_900)
    make_subscription(price=yen)

    found = recurring()

    assert found == [
        Recurring("eur", monthly=21_600, subscriptions=2),
        Recurring("jpy", monthly=12_000, subscriptions=1),
    ]


def test_a_year_is_twelve_months() -> None:
    service = make_monthly_service()
    yearly = make_price(service, amount=100_000, interval="year")
    make_subscription()
    make_subscription(price=yearly)

    [found] = recurring()

    # 83,33 € and a third, beside 97,00 €.
    assert found == Recurring("eur", monthly=18_033, subscriptions=2)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "past_due"},
        {"status": "canceled"},
        {"status": "incomplete"},
        {"stops_at_period_end": True},
    ],
)
def test_what_is_late_or_ends_does_not_count(facts: dict[str, object]) -> None:
    make_subscription(**facts)

    assert recurring() == []
