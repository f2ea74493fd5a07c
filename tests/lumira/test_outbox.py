from datetime import timedelta
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.utils.timezone import now
from pytest_django import Settings

from lumira.kit.db import transactional
from lumira.outbox.announcing import announce
from lumira.outbox.models import MAX_ATTEMPTS, Message
from lumira.outbox.sending import LEASE, send, send_waiting
from orders.models import Order
from tests.factories.orders import make_order
from tests.lumira.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
REFUSES = "tests.lumira.broken_mail.RefusesEverybody"
HANGS_UP = "tests.lumira.broken_mail.HangsUp"


def waiting_message(**fields: object) -> Message:
    """A message in the outbox that no worker has heard of."""
    order = make_order()
    return Message.objects.create(
        topic="order_paid",
        key=f"order_paid:{order.pk}",
        payload={"order_id": str(order.pk)},
        **fields,
    )


def make_due(message_id: UUID) -> None:
    Message.objects.filter(pk=message_id).update(due_at=now())


def test_a_message_is_sent_once_and_says_so(mailoutbox: list[EmailMessage]) -> None:
    message = waiting_message()

    answers = [send(message.pk), send(message.pk)]

    message.refresh_from_db()
    assert answers == [True, False]
    assert [mail.to for mail in mailoutbox] == [["alice@example.org"]]
    assert message.sent_at is not None
    assert (message.attempts, message.last_error) == (1, "")


def test_what_is_not_so_any_more_is_done_with_and_nobody_is_told(
    mailoutbox: list[EmailMessage],
) -> None:
    message = waiting_message()
    Order.objects.update(email="")

    answers = [send(message.pk), send(message.pk)]

    message.refresh_from_db()
    assert answers == [False, False]
    assert (message.was_unneeded, message.last_error) == (True, "")
    assert message.sent_at is not None
    assert not mailoutbox


def test_what_is_announced_goes_out_when_the_change_is_saved(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_order()

    @transactional
    def change() -> int:
        announce("order_paid", key="once", order_id=str(order.pk))
        return len(mailoutbox)

    sent_before_the_commit = change()

    assert sent_before_the_commit == 0
    assert len(mailoutbox) == 1


def test_what_is_announced_in_a_change_that_fails_is_never_said(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_order()

    @transactional
    def change() -> None:
        announce("order_paid", key="never", order_id=str(order.pk))
        raise ValueError

    with pytest.raises(ValueError):
        change()

    assert not mailoutbox
    assert not Message.objects.exists()


def test_the_same_key_twice_is_one_message(mailoutbox: list[EmailMessage]) -> None:
    order = make_order()

    for _ in range(2):
        announce("order_paid", key="same", order_id=str(order.pk))

    assert Message.objects.count() == 1
    assert len(mailoutbox) == 1


def test_a_failure_is_kept_without_the_address_and_tried_later(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = REFUSES
    message = waiting_message()

    delivered = send(message.pk)

    message.refresh_from_db()
    assert delivered is False
    assert (message.sent_at, message.attempts) == (None, 1)
    assert message.last_error == "SMTPRecipientsRefused"
    assert message.due_at > now() + timedelta(seconds=20)
    assert "alice@example.org" not in caplog.text + message.last_error


def test_a_failed_message_waits_for_its_time_and_then_goes(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = HANGS_UP
    message = waiting_message()
    send(message.pk)
    settings.EMAIL_BACKEND = working

    too_early = send_waiting()
    make_due(message.pk)
    in_time = send_waiting()

    message.refresh_from_db()
    assert (too_early, in_time, len(mailoutbox)) == (0, 1, 1)
    assert (message.attempts, message.last_error) == (2, "")


def test_each_failure_waits_longer_and_after_the_last_nobody_tries(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = HANGS_UP
    message = waiting_message()

    pauses = []
    for _ in range(MAX_ATTEMPTS):
        make_due(message.pk)
        send(message.pk)
        message.refresh_from_db()
        pauses.append(message.due_at - now())
    settings.EMAIL_BACKEND = working
    make_due(message.pk)

    # To ten seconds: the machine may be busy between the two clocks.
    seconds = [round(pause.total_seconds(), -1) for pause in pauses]
    assert seconds == sorted(seconds)
    assert (seconds[0], seconds[-1]) == (30, 3600)
    assert sum(seconds) > 3 * 24 * 3600
    assert (send(message.pk), send_waiting()) == (False, 0)
    assert not mailoutbox
    assert message.last_error == "SMTPServerDisconnected"


def test_the_commit_stands_although_the_first_delivery_fails(
    settings: Settings,
) -> None:
    settings.EMAIL_BACKEND = HANGS_UP
    order = make_order()

    announce("order_paid", key="kept", order_id=str(order.pk))

    assert Message.objects.get(key="kept").attempts == 1


def test_two_workers_make_one_delivery(mailoutbox: list[EmailMessage]) -> None:
    message = waiting_message()

    answers = at_once(8, lambda _: send(message.pk))

    assert sorted(answers, key=str) == [False] * 7 + [True]
    assert len(mailoutbox) == 1


def test_a_message_of_a_worker_that_died_is_taken_up_again(
    mailoutbox: list[EmailMessage],
) -> None:
    # What a worker leaves behind that was killed while it was sending.
    dead = waiting_message(attempts=1, due_at=now() + LEASE)

    while_it_may_live = send_waiting()
    make_due(dead.pk)
    afterwards = send_waiting()

    assert (while_it_may_live, afterwards) == (0, 1)
    assert len(mailoutbox) == 1


def test_the_sweep_takes_no_more_than_it_was_told() -> None:
    for _ in range(3):
        waiting_message()

    sweeps = [send_waiting(limit=2), send_waiting(limit=2), send_waiting(limit=2)]

    assert sweeps == [2, 1, 0]


def test_one_message_that_cannot_be_sent_does_not_stop_the_others(
    mailoutbox: list[EmailMessage],
) -> None:
    Message.objects.create(
        topic="order_paid", key="of nobody", payload={"order_id": str(UUID(int=0))}
    )
    waiting_message()

    delivered = send_waiting()

    assert delivered == 1
    assert len(mailoutbox) == 1
