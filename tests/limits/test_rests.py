"""A pause, longer each time."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from lumira.limits.lifting import forget_tries
from lumira.limits.limit import Limit
from lumira.limits.rests import FIRST_REST, LONGEST_REST, begin_rest, resting_until
from lumira.limits.strikes import strike
from lumira.limits.subjects import Who, subjects
from tests.limits.passing_time import later

pytestmark = pytest.mark.django_db
ORDER = subjects(order="one")
LIMIT = Limit("declines", timedelta(hours=1), {Who.ORDER: 3, Who.EMAIL: 9})


def rest() -> timedelta:
    """Begin one, and how long it is."""
    until = begin_rest(Who.ORDER, ORDER[Who.ORDER])
    return timedelta(minutes=round((until - now()).total_seconds() / 60))


def test_each_pause_is_twice_as_long_up_to_a_longest_one() -> None:
    lengths = []
    for _pause in range(6):
        lengths.append(rest())
        later(lengths[-1])

    assert lengths[:3] == [FIRST_REST, 2 * FIRST_REST, 4 * FIRST_REST]
    assert lengths[-1] == LONGEST_REST


def test_begun_again_while_it_lasts_it_stays_as_it_is() -> None:
    rest()
    later(timedelta(minutes=5))

    assert rest() == FIRST_REST - timedelta(minutes=5)


def test_after_a_quiet_day_the_pauses_begin_small_again() -> None:
    later(rest())
    later(rest() + timedelta(days=1))

    assert rest() == FIRST_REST


def test_the_last_strike_allowed_begins_the_pause() -> None:
    rested = [strike(LIMIT, ORDER) for _time in range(3)]

    assert rested == [set(), set(), {Who.ORDER}]
    assert resting_until(ORDER)


def test_after_the_pause_all_tries_are_there_again() -> None:
    for _time in range(3):
        strike(LIMIT, ORDER)
    later(FIRST_REST)

    assert resting_until(ORDER) is None
    assert [strike(LIMIT, ORDER) for _time in range(2)] == [set(), set()]


def test_strikes_far_apart_add_up_to_nothing() -> None:
    for _time in range(5):
        strike(LIMIT, ORDER)
        later(timedelta(hours=1))

    assert resting_until(ORDER) is None


def test_lifted_it_is_over_and_forgotten() -> None:
    for _time in range(3):
        strike(LIMIT, ORDER)

    assert forget_tries(ORDER) == 1
    assert forget_tries(ORDER) == 0
    assert resting_until(ORDER) is None
    assert rest() == FIRST_REST
