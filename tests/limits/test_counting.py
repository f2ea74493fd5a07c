"""So many times in a period, for each of those a request counts for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from lumira.limits import memory
from lumira.limits.counting import count
from lumira.limits.forgetting import forget_old
from lumira.limits.limit import Limit, TooMany
from lumira.limits.models import Tally
from lumira.limits.subjects import Who, subjects
from tests.limits.passing_time import later
from tests.lumira.at_once import at_once

PERIOD = timedelta(minutes=10)
LIMIT = Limit("tries", PERIOD, {Who.NETWORK: 3, Who.EMAIL: 2})
# Written by threes, so that the last one it allows is in no row.
SELDOM_WRITTEN = Limit("asks", PERIOD, {Who.NETWORK: 31}, unwritten=0.1)
ALICE = subjects(network="192.0.2.1", email="alice@example.org")
BRUNO = subjects(network="192.0.2.1", email="bruno@example.org")


def is_refused(who: dict[Who, str], limit: Limit = LIMIT) -> bool:
    try:
        count(limit, who)
    except TooMany:
        return True
    return False


@pytest.mark.django_db
def test_what_is_allowed_passes_and_the_next_one_waits() -> None:
    answers = [is_refused(ALICE) for _try in range(3)]

    assert answers == [False, False, True]


@pytest.mark.django_db
def test_a_refused_try_is_counted_for_nobody() -> None:
    for _try in range(10):
        is_refused(ALICE)

    assert not is_refused(BRUNO)  # the third of their network
    assert is_refused(subjects(network="192.0.2.1", email="chloe@example.org"))


@pytest.mark.django_db
def test_the_wait_is_what_is_left_of_the_period() -> None:
    for _try in range(2):
        count(LIMIT, ALICE)
    later(timedelta(minutes=4))

    with pytest.raises(TooMany) as refused:
        count(LIMIT, ALICE)

    assert 355 <= refused.value.wait_s <= 360
    assert refused.value.message == "Trop de tentatives. Réessayez dans 6 minutes."


@pytest.mark.django_db
def test_when_the_period_is_over_it_begins_again() -> None:
    for _try in range(3):
        is_refused(ALICE)
    later(PERIOD)

    assert [is_refused(ALICE) for _try in range(3)] == [False, False, True]


@pytest.mark.django_db
def test_who_is_not_known_is_not_counted() -> None:
    nobody = subjects(network="", email="")

    assert not any(is_refused(nobody) for _try in range(10))
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_the_table_names_nobody() -> None:
    count(LIMIT, ALICE)

    rows = repr(list(Tally.objects.values_list()))
    assert "192.0.2.1" not in rows
    assert "alice" not in rows


@pytest.mark.django_db
def test_a_count_costs_one_look_and_one_update() -> None:
    count(LIMIT, ALICE)

    with CaptureQueriesContext(connection) as captured:
        count(LIMIT, ALICE)

    assert len(captured) == 2


@pytest.mark.django_db
def test_a_refusal_costs_one_look_and_then_none_at_all() -> None:
    for _try in range(2):
        count(LIMIT, ALICE)

    with CaptureQueriesContext(connection) as captured:
        refused = [is_refused(ALICE) for _try in range(1000)]

    assert all(refused)
    assert len(captured) == 1


@pytest.mark.django_db
def test_what_another_process_counted_is_known_here() -> None:
    for _try in range(2):
        count(LIMIT, ALICE)
    memory.forget()

    assert is_refused(ALICE)


@pytest.mark.django_db
def test_what_is_kept_in_mind_counts_too() -> None:
    answers = [is_refused(ALICE, SELDOM_WRITTEN) for _try in range(32)]

    assert answers == [False] * 31 + [True]


@pytest.mark.django_db
def test_what_is_kept_in_mind_is_written_every_so_often() -> None:
    with CaptureQueriesContext(connection) as captured:
        for _try in range(30):
            count(SELDOM_WRITTEN, ALICE)

    said = [query["sql"].lower() for query in captured]  # in each engine's words
    assert sum("insert" in text or "update" in text for text in said) == 10
    assert Tally.objects.get().count == 30


@pytest.mark.django_db
def test_what_another_process_keeps_in_mind_is_little() -> None:
    for number in range(1, 36):
        count(SELDOM_WRITTEN, ALICE)
        if number in (2, 7):
            memory.forget()  # two that were not written, each time

    assert is_refused(ALICE, SELDOM_WRITTEN)
    assert Tally.objects.get().count == 30


@pytest.mark.django_db
def test_what_was_kept_in_mind_belongs_to_its_period() -> None:
    limit = Limit("asks", timedelta(0), {Who.NETWORK: 30}, unwritten=0.1)

    answers = [is_refused(ALICE, limit) for _try in range(40)]

    assert not any(answers)
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_the_factor_widens_all_of_them(settings: Settings) -> None:
    settings.LIMITS_FACTOR = 2.0

    assert [is_refused(ALICE) for _try in range(5)] == [False] * 4 + [True]


@pytest.mark.django_db
def test_switched_off_nothing_is_counted(settings: Settings) -> None:
    settings.LIMITS_ON = False

    assert not any(is_refused(ALICE) for _try in range(10))
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_old_counts_are_deleted_and_no_others() -> None:
    count(LIMIT, ALICE)
    later(timedelta(days=2))
    count(LIMIT, subjects(network="203.0.113.5"))

    assert forget_old() == 2
    assert Tally.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_get_no_further() -> None:
    limit = Limit("tries", PERIOD, {Who.NETWORK: 5})

    answers = at_once(20, lambda _: is_refused(ALICE, limit))

    assert sorted(map(str, answers)) == ["False"] * 5 + ["True"] * 15


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_in_a_new_period_get_no_further() -> None:
    limit = Limit("tries", PERIOD, {Who.NETWORK: 5})
    count(limit, ALICE)
    later(PERIOD)

    answers = at_once(12, lambda _: is_refused(ALICE, limit))

    assert sorted(map(str, answers)) == ["False"] * 5 + ["True"] * 7


def test_a_flood_of_names_does_not_fill_the_memory() -> None:
    for number in range(memory.MOST + 10):
        memory.count_here(f"polls:{number}", 5)

    assert len(memory._counts) <= memory.MOST


def test_in_memory_a_minute_has_its_allowance_too() -> None:
    for _try in range(3):
        memory.count_here("polls:a", 3)

    with pytest.raises(TooMany) as refused:
        memory.count_here("polls:a", 3)

    assert 1 <= refused.value.wait_s <= 60
