"""Which moments a period of the dashboard holds: the shop's days, not UTC's."""

from datetime import UTC, date, datetime

from payments.dashboard.period import Span, period_of

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)  # 12:00 in Paris


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_today_begins_and_ends_at_midnight_in_paris() -> None:
    period = period_of(1, at=NOON)

    assert period.now == Span(utc(2026, 11, 21, 23), utc(2026, 11, 22, 23))
    assert (period.first_day, period.last_day) == (date(2026, 11, 22),) * 2


def test_just_after_midnight_in_paris_it_is_the_new_day() -> None:
    period = period_of(1, at=utc(2026, 11, 21, 23, 0))

    assert period.first_day == date(2026, 11, 22)


def test_yesterday_is_compared_up_to_the_same_hour() -> None:
    period = period_of(1, at=NOON)

    assert period.before == Span(utc(2026, 11, 20, 23), utc(2026, 11, 21, 11))


def test_seven_days_are_today_and_the_six_before() -> None:
    period = period_of(7, at=NOON)

    assert period.first_day == date(2026, 11, 16)
    assert period.before == Span(utc(2026, 11, 8, 23), utc(2026, 11, 15, 11))


def test_the_day_the_clocks_go_forward_has_23_hours() -> None:
    period = period_of(1, at=utc(2026, 3, 29, 10))

    assert period.now == Span(utc(2026, 3, 28, 23), utc(2026, 3, 29, 22))


def test_the_day_the_clocks_go_back_has_25_hours() -> None:
    period = period_of(1, at=utc(2026, 10, 25, 11))

    assert period.now == Span(utc(2026, 10, 24, 22), utc(2026, 10, 25, 23))
    # Noon on the clock, the day before: another distance from UTC.
    assert period.before.end == utc(2026, 10, 24, 10)


def test_an_hour_that_did_not_exist_the_day_before_is_no_error() -> None:
    period = period_of(1, at=utc(2026, 3, 30, 0, 30))  # 02:30; on the 29th it was 03:30

    assert period.before.end == utc(2026, 3, 29, 1, 30)


def test_a_chart_shows_a_week_at_least() -> None:
    assert len(period_of(1, at=NOON).chart_days) == 7
    assert len(period_of(30, at=NOON).chart_days) == 30


def test_a_chart_ends_today_and_misses_no_day_when_the_clocks_change() -> None:
    days = period_of(30, at=utc(2026, 11, 5, 12)).chart_days

    assert days[0] == date(2026, 10, 7)
    assert days[-1] == date(2026, 11, 5)
    assert len(set(days)) == 30
