"""Rates of attempts that ended, and why they failed."""

from datetime import UTC, datetime, timedelta

import pytest

from payments.dashboard.attempts import Attempts, Codes, attempts
from payments.dashboard.period import period_of
from payments.models import Payment
from payments.status import PaymentStatus
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)
S = PaymentStatus


def attempt(
    status: PaymentStatus, code: str = "", decline: str = "", *, at: datetime = NOON
) -> Payment:
    return make_payment(
        status=status, failure_code=code, decline_code=decline, created_at=at
    )


def today() -> Attempts:
    return attempts(period_of(1, at=NOON))


def test_rates_are_parts_of_the_attempts_that_ended() -> None:
    attempt(S.COMPLETED)
    attempt(S.COMPLETED)
    attempt(S.FAILED, "card_declined")

    tally = today().now

    assert (tally.succeeded, tally.failed, tally.ended) == (2, 1, 3)
    assert (tally.success_permille, tally.failure_permille) == (667, 333)


def test_a_refused_attempt_that_was_given_up_has_failed() -> None:
    attempt(S.CANCELLED, "card_declined", "insufficient_funds")

    assert today().now.failed == 1


@pytest.mark.parametrize("status", [S.PENDING, S.PROCESSING, S.CANCELLED])
def test_an_attempt_without_an_answer_is_neither(status: PaymentStatus) -> None:
    attempt(status)

    tally = today().now

    assert (tally.ended, tally.undecided) == (0, 1)
    assert tally.success_permille is None
    assert tally.failure_permille is None


def test_attempts_belong_to_the_day_they_began() -> None:
    attempt(S.COMPLETED)
    attempt(S.FAILED, "card_declined", at=NOON - DAY - timedelta(hours=1))
    attempt(S.FAILED, "card_declined", at=NOON - DAY)  # later than this hour yesterday

    found = today()

    assert (found.now.succeeded, found.now.failed) == (1, 0)
    assert (found.before.succeeded, found.before.failed) == (0, 1)
    assert found.failures == []


def test_reasons_are_counted_the_most_frequent_first() -> None:
    for _ in range(2):
        attempt(S.FAILED, "card_declined", "stolen_card")
    attempt(S.CANCELLED, "card_declined", "stolen_card")
    attempt(S.FAILED, "expired_card")
    attempt(S.FAILED, "card_declined", "lost_card")
    attempt(S.COMPLETED)

    assert today().failures == [
        (Codes("card_declined", "stolen_card"), 3),
        (Codes("expired_card", ""), 1),
        (Codes("card_declined", "lost_card"), 1),
    ]


def test_an_empty_shop_has_no_rate() -> None:
    assert today() == Attempts()
