import pytest
from pytest_django import Settings

from tests.monitoring.watching import body, look, paid, told

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_larger_average_than_the_threshold_calls_somebody() -> None:
    for amount in (30_000, 20_000, 10_300):
        paid(amount=amount)

    look()

    assert told() == ["average_amount"]
    assert "Montant\u00a0: 201,00\u00a0€" in body()
    assert "Nombre\u00a0: 3" in body()


def test_an_average_at_the_threshold_calls_nobody(settings: Settings) -> None:
    for amount in (30_000, 20_000, 10_000):
        paid(amount=amount)

    look()

    assert told() == []


def test_a_single_payment_is_an_average_too() -> None:
    paid(amount=79_000)

    look()

    assert told() == ["average_amount"]


def test_currencies_are_not_added_up() -> None:
    paid(amount=39_000, currency="jpy")
    for _ in range(3):
        paid(amount=7900)

    look()

    assert told() == ["average_amount"]
    assert "39" in body()
    assert "¥" in body()


def test_what_is_still_open_has_no_amount_yet(settings: Settings) -> None:
    paid(amount=79_000, status="pending", completed_at=None)
    minutes = settings.MONITORING_WINDOW.total_seconds() / 60
    paid(amount=79_000, minutes_ago=minutes + 1)

    look()

    assert "average_amount" not in told()
