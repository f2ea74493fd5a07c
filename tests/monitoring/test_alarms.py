"""Said once, said again after a while, and over: any rule, one worker or several."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from lumira.outbox.models import Message
from payments.models import Alarm, ProcessedEvent
from payments.monitoring.alarms import alarm, alarms_in_force
from payments.monitoring.watch import watch
from tests.factories.payments import make_event
from tests.lumira.at_once import at_once
from tests.monitoring.watching import body, look, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def failing() -> None:
    """An event that keeps failing, which calls somebody."""
    long_ago = now() - timedelta(hours=1)
    make_event("evt_1", "pi_1", processed=False, received_at=long_ago)


def it_works(yes: bool = True) -> None:
    ProcessedEvent.objects.update(processed=yes)


def test_what_lasts_is_told_once(failing: None) -> None:
    for minute in range(10):
        look(minutes=minute)

    assert told() == ["failed_events"]
    assert [one.name for one in alarms_in_force()] == ["failed_events"]


def test_it_is_told_again_after_the_cooldown(failing: None, settings: Settings) -> None:
    settings.ALERT_COOLDOWN = timedelta(minutes=30)

    for minute in (0, 29, 31, 45, 59):
        look(minutes=minute)

    assert told() == ["failed_events", "failed_events lasts"]
    assert "Que faire" in body()


def test_its_end_is_told_once_it_is_settled(failing: None) -> None:
    look()
    it_works()

    for minute in (5, 14, 16, 30):
        look(minutes=minute)

    assert told() == ["failed_events", "failed_events ended"]
    assert "il n’y a rien à faire" in body()
    assert "Que faire" not in body()
    assert alarms_in_force() == []


def test_what_comes_and_goes_is_one_alarm(failing: None) -> None:
    for minute in range(0, 60, 5):
        it_works(minute % 2 == 0)
        look(minutes=minute)

    assert told() == ["failed_events"]


def test_it_may_begin_again_after_its_end(failing: None) -> None:
    look()
    it_works()
    look(minutes=20)
    it_works(False)

    look(minutes=21)

    assert told() == ["failed_events", "failed_events ended", "failed_events"]


@pytest.mark.parametrize("is_known", [False, True])
def test_several_workers_tell_once(failing: None, is_known: bool) -> None:
    if is_known:
        Alarm.objects.create(name="failed_events")
    moment = now()

    answers = at_once(6, lambda number: watch(at=moment + timedelta(seconds=number)))

    assert [answer for answer in answers if answer is not None] == []
    assert Message.objects.filter(topic="alert").count() == 1


def test_several_workers_end_it_once(failing: None) -> None:
    look()
    it_works()
    moment = now() + timedelta(minutes=20)

    answers = at_once(6, lambda number: watch(at=moment + timedelta(seconds=number)))

    assert [answer for answer in answers if answer is not None] == []
    assert Message.objects.filter(topic="alert").count() == 2


def test_one_kind_may_be_about_several_things() -> None:
    for about in ("a", "b", "a"):
        alarm("stripe_error", about=about, at=now(), facts={})

    assert told() == ["stripe_error", "stripe_error"]


def test_an_alarm_is_no_longer_than_its_messages_key() -> None:
    alarm("stripe_error", about="x" * 60, at=now(), facts={"code": str(uuid4())})

    assert Message.objects.get().sent_at is not None
