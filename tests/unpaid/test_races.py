"""Between two moments of the worker anything may happen: one letter, and a true one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from lumira.limits.models import Tally
from lumira.outbox.models import Message
from lumira.outbox.sending import send_waiting
from orders.models import Order
from payments.actions.confirm_payment import confirm_payment
from payments.models import Payment
from payments.unpaid.follow_up import conclude, follow_up, follow_up_all, take
from payments.unpaid.letters import Letter, Plan
from tests.lumira.at_once import at_once
from tests.money.books import paid, pay
from tests.sandbox_process import SandboxProcess
from tests.unpaid.leaving import (
    A_WHILE,
    TO_THE_REMINDER,
    letters,
    order_placed,
    refused,
    wait,
    wait_and_work,
    work,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY_LISTENS = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def order(sandbox: SandboxProcess) -> Order:
    return order_placed()


@pytest.fixture
def waiting(order: Order, settings: Settings) -> Message:
    """A letter that was written, and that the mail server does not take."""
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = NOBODY_LISTENS
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    wait_and_work(A_WHILE)
    settings.EMAIL_BACKEND = usual
    return Message.objects.get(topic="order_received", sent_at=None)


def mail_server_is_back() -> None:
    wait(timedelta(hours=1))
    send_waiting()


def test_two_workers_write_one_letter(
    order: Order, mailoutbox: list[EmailMessage]
) -> None:
    wait(A_WHILE)

    written = at_once(8, lambda _: follow_up_all())

    send_waiting()
    assert [one for one in written if one] == [1]
    assert len(mailoutbox) == 1
    assert Tally.objects.get(key__startswith="letters:email:").count == 1


def test_who_saw_it_before_another_worker_acted_comes_too_late(order: Order) -> None:
    wait(A_WHILE)
    as_seen = Order.objects.get(pk=order.pk)
    follow_up_all()

    assert follow_up(as_seen) is False
    assert letters() == ["order_received"]


def test_a_worker_that_died_with_the_order_in_hand_is_followed_by_the_next(
    order: Order,
) -> None:
    wait(A_WHILE)
    # What it had done by then: taken the order, for five minutes.
    Order.objects.update(follow_up_at=order.created_at + timedelta(minutes=5))
    work()
    assert letters() == []

    wait_and_work(timedelta(minutes=6))

    assert letters() == ["order_received"]


def test_a_letter_whose_time_was_lost_is_not_written_again(order: Order) -> None:
    """Two workers of different minds, or a restored row: the key decides."""
    wait_and_work(A_WHILE)
    Order.objects.update(follow_up_at=order.created_at - A_WHILE)

    work()

    assert letters() == ["order_received"]


def test_a_payment_between_the_letter_and_the_mail_server_stops_it(
    sandbox: SandboxProcess,
    order: Order,
    waiting: Message,
    mailoutbox: list[EmailMessage],
) -> None:
    paid(sandbox, order)

    mail_server_is_back()

    waiting.refresh_from_db()
    assert [waiting.was_unneeded, waiting.sent_at is not None] == [True, True]
    assert [mail.subject for mail in mailoutbox] == [
        f"Votre commande {order.number} est confirmée"
    ]


def test_a_payment_that_only_stripe_knows_of_stops_it_and_is_settled(
    sandbox: SandboxProcess, order: Order, waiting: Message
) -> None:
    pay(sandbox, order)

    mail_server_is_back()

    order.refresh_from_db()
    assert (order.status, letters()) == ("paid", [])


def test_a_refusal_meanwhile_makes_the_other_letter_the_right_one(
    sandbox: SandboxProcess, order: Order, waiting: Message
) -> None:
    refused(sandbox, order)

    mail_server_is_back()
    wait_and_work(A_WHILE)

    assert letters() == ["payment_failed"]


def test_a_letter_that_waited_for_a_day_is_not_sent(
    order: Order, waiting: Message
) -> None:
    wait(timedelta(hours=24))

    send_waiting()

    assert letters() == []


def test_a_stripe_that_does_not_answer_makes_it_wait(
    sandbox: SandboxProcess, order: Order
) -> None:
    """Who cannot be asked may know that it is paid."""
    payment = pay(sandbox, order)
    sandbox.fault("503", route="GET /v1/payment_intents/*", count=4)
    wait_and_work(A_WHILE)
    assert Message.objects.get(topic="order_received").sent_at is None

    wait_and_work(timedelta(hours=1))

    payment.refresh_from_db()
    assert (payment.status, letters()) == ("completed", [])


def test_a_card_refused_while_the_worker_looks_gives_the_order_another_time(
    sandbox: SandboxProcess, order: Order
) -> None:
    """The row says so: the worker's own time for it does not overwrite the new one."""
    wait(A_WHILE)
    as_seen = Order.objects.get(pk=order.pk)
    refused(sandbox, order)

    assert follow_up(as_seen) is False
    work()
    assert letters() == []
    wait_and_work(A_WHILE)
    assert letters() == ["payment_failed"]


@pytest.mark.parametrize("happens", [paid, refused])
def test_what_happens_between_the_look_and_the_letter_decides(
    sandbox: SandboxProcess,
    order: Order,
    happens: Callable[[SandboxProcess, Order], object],
) -> None:
    wait(A_WHILE)
    order.refresh_from_db()
    lease = take(order)
    assert lease
    happens(sandbox, order)

    letter = Plan(Letter.RECEIVED, f"order_received:{order.pk}")

    assert conclude(order, letter, lease=lease) is False
    order.refresh_from_db()
    assert order.follow_up_at != lease
    assert not Message.objects.filter(topic="order_received").exists()


def test_a_payment_beside_the_worker_is_never_followed_by_a_letter(
    sandbox: SandboxProcess, order: Order, mailoutbox: list[EmailMessage]
) -> None:
    """Either the letter was out before the money came, or it does not go at all."""
    payment = pay(sandbox, order)
    Payment.objects.update(updated_at=order.created_at)
    wait(A_WHILE)

    def act(number: int) -> None:
        if number:
            work()
        else:
            confirm_payment(payment, by="customer")

    at_once(2, act)
    wait_and_work(TO_THE_REMINDER)

    assert letters() == []
    assert len(mailoutbox) == 1
