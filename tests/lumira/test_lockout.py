"""Who guesses must wait: by name and by address, longer each time."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils.timezone import now
from pytest_django import Settings

from lumira.accounts import lockout
from lumira.accounts.lockout import LockedOut, begin_attempt, locked_out, unlock
from lumira.accounts.models import LoginAttempts
from lumira.audit.models import AuditEntry
from tests.factories.logins import make_login
from tests.lumira.at_once import at_once
from tests.lumira.guessing import fail, is_locked, later

pytestmark = pytest.mark.django_db


def wait_of(username: str = "claire") -> timedelta:
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9")
    with pytest.raises(LockedOut) as refused:
        begin_attempt(request, username)
    return refused.value.wait


def test_five_failures_lock_a_name_from_every_address() -> None:
    fail(times=4)
    before = is_locked()

    fail()

    assert not before
    assert is_locked(address="198.51.100.7")
    assert not is_locked("benoit")


def test_after_the_wait_it_can_be_tried_again() -> None:
    fail(times=5)

    later(timedelta(minutes=14))
    early = is_locked()
    later(timedelta(minutes=1))

    assert early
    assert not is_locked()


def test_failures_far_apart_lock_nobody() -> None:
    for _hour in range(12):
        fail()
        later(timedelta(minutes=15))

    assert not is_locked()


def test_failures_less_than_a_quarter_of_an_hour_apart_add_up() -> None:
    for _time in range(5):
        fail()
        later(timedelta(minutes=10))

    assert is_locked()


def test_the_wait_grows_to_four_hours_and_no_further() -> None:
    waits = []
    for _time in range(7):
        fail(times=5, address=f"203.0.113.{_time}")
        waits.append(round(wait_of().total_seconds() / 60))
        later(wait_of())

    assert waits == [15, 30, 60, 120, 240, 240, 240]


def test_after_a_quiet_day_the_waits_begin_small_again() -> None:
    fail(times=5)
    later(timedelta(minutes=15))
    fail(times=5)

    later(timedelta(days=1))
    fail(times=5)

    assert round(wait_of().total_seconds() / 60) == 15


def test_twenty_failures_lock_an_address_for_every_name() -> None:
    for number in range(20):
        fail(f"name-{number}")

    assert is_locked("benoit")
    assert not is_locked("benoit", address="192.0.2.2")


def test_a_locked_address_adds_nothing_to_a_name() -> None:
    for number in range(20):
        fail(f"name-{number}")

    for _guess in range(9):
        with pytest.raises(LockedOut):
            fail("claire")

    assert not is_locked("claire", address="192.0.2.2")


def test_knocking_at_a_locked_name_does_not_lock_the_office() -> None:
    fail(times=5)

    for _knock in range(30):
        with pytest.raises(LockedOut):
            fail()

    assert not is_locked("benoit")


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_once_get_no_further_than_one_by_one() -> None:
    def guess(number: int) -> None:
        fail(address=f"198.51.100.{number}")

    answers = at_once(16, guess)

    refused = [answer for answer in answers if isinstance(answer, LockedOut)]
    assert (answers.count(None), len(refused)) == (5, 11)
    assert AuditEntry.objects.filter(action="staff.locked_out").count() == 1


@pytest.mark.django_db(transaction=True)
def test_right_attempts_at_once_leave_no_trace() -> None:
    def enter(number: int) -> bool:
        return is_locked(f"name-{number}")

    answers = at_once(12, enter)

    assert answers == [False] * 12
    assert set(LoginAttempts.objects.values_list("count", flat=True)) == {0}


def test_an_administrator_unlocks_once_and_it_is_recorded() -> None:
    person = make_login()
    fail(times=5)

    unlocked = [unlock(person, by="admin") for _click in range(2)]

    assert unlocked == [True, False]
    assert not is_locked()
    assert AuditEntry.objects.filter(action="staff.unlocked", by="admin").count() == 1


def test_the_journal_names_who_exists_and_nothing_else_that_was_typed() -> None:
    make_login()

    fail(times=5)
    fail("MonMotDePasse!", times=5)

    entries = AuditEntry.objects.filter(action="staff.locked_out").order_by("sequence")
    assert [entry.by for entry in entries] == ["claire", "inconnu"]


def test_the_table_holds_no_name_and_no_address() -> None:
    fail()

    rows = list(LoginAttempts.objects.values())
    assert len(rows) == 2
    assert "claire" not in str(rows)
    assert "192.0.2.1" not in str(rows)


def test_old_rows_are_deleted_and_those_that_still_count_are_not() -> None:
    fail()
    LoginAttempts.objects.update(last_at=now() - timedelta(days=1, seconds=1))
    fail("benoit", address="192.0.2.2")

    deleted = lockout.forget_old_attempts()

    assert (deleted, LoginAttempts.objects.count()) == (2, 2)


def test_those_who_wait_are_known() -> None:
    fail(times=5)
    fail("benoit", times=4)

    assert locked_out(["claire", "benoit", "chloe"]) == {"claire"}


def test_behind_a_proxy_a_forged_header_gains_nothing(settings: Settings) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        forged = f"203.0.113.{number}, 192.0.2.1"
        request = RequestFactory().post("/", headers={"X-Forwarded-For": forged})
        begin_attempt(request, f"name-{number}").failed()

    request = RequestFactory().post(
        "/", headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.1"}
    )
    with pytest.raises(LockedOut):
        begin_attempt(request, "claire")
