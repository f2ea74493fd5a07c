import pytest
from pytest_django import Settings

from payments.status import PaymentStatus
from tests.factories.payments import make_payment
from tests.monitoring.watching import body, look, paid, refused, told

pytestmark = pytest.mark.django_db(transaction=True)


def sell(good: int, bad: int, *, minutes_ago: float = 1) -> None:
    for _ in range(good):
        paid(minutes_ago=minutes_ago)
    for _ in range(bad):
        refused(minutes_ago=minutes_ago)


def test_too_many_refused_cards_call_somebody() -> None:
    sell(good=8, bad=2)

    look()

    assert told() == ["failure_rate"]
    assert "Taux de refus\u00a0: 20.0 %" in body()
    assert "Code le plus fréquent\u00a0: do_not_honor" in body()


@pytest.mark.parametrize(("good", "bad"), [(9, 1), (0, 9), (8, 0)])
def test_few_refusals_or_few_payments_call_nobody(good: int, bad: int) -> None:
    sell(good, bad)

    look()

    assert told() == []


def test_what_was_refused_before_the_window_counts_no_more(settings: Settings) -> None:
    window = settings.MONITORING_WINDOW.total_seconds() / 60
    sell(good=10, bad=0)
    sell(good=0, bad=10, minutes_ago=window + 1)

    look()

    assert told() == []


def test_who_left_without_trying_a_card_was_not_refused() -> None:
    sell(good=10, bad=0)
    for _ in range(5):
        make_payment(status=PaymentStatus.CANCELLED)

    look()

    assert told() == []


def test_the_threshold_is_the_setting(settings: Settings) -> None:
    settings.FAILURE_RATE_THRESHOLD = 0.5
    sell(good=5, bad=5)

    look()

    assert told() == []
