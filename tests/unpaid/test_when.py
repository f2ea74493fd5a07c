"""Which letter goes when: as few as can be."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import translation
from pytest_django import Settings

from tests.money.books import paid
from tests.sandbox_process import SandboxProcess
from tests.unpaid.leaving import (
    A_WHILE,
    TO_THE_REMINDER,
    letters,
    link_in,
    open_elsewhere,
    order_placed,
    refused,
    wait,
    wait_and_work,
    work,
)

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_who_pays_at_once_gets_one_mail(
    sandbox: SandboxProcess, mailoutbox: list[EmailMessage]
) -> None:
    order = order_placed()
    work()
    paid(sandbox, order)

    wait_and_work(A_WHILE)
    wait_and_work(TO_THE_REMINDER)

    assert [mail.subject for mail in mailoutbox] == [
        f"Votre commande {order.number} est confirmée"
    ]


def test_who_leaves_is_told_of_the_order_and_reminded_once(
    sandbox: SandboxProcess,
) -> None:
    order_placed()

    wait_and_work(timedelta(minutes=14))
    assert letters() == []
    wait_and_work(timedelta(minutes=2))
    assert letters() == ["order_received"]
    wait_and_work(19 * HOUR)
    assert letters() == ["order_received"]
    wait_and_work(HOUR)
    assert letters() == ["order_received", "resume_reminder"]
    for _hour in range(30):
        wait_and_work(HOUR)
    assert letters() == ["order_received", "resume_reminder"]


def test_who_leaves_after_a_refused_card_gets_the_reason_and_the_way_back(
    sandbox: SandboxProcess, mailoutbox: list[EmailMessage]
) -> None:
    order = order_placed()
    refused(sandbox, order)

    wait_and_work(A_WHILE)

    [mail] = mailoutbox
    where, _client = open_elsewhere(link_in(mail.body, "/paiement/"))
    assert letters() == ["payment_failed"]
    assert "79,00\u00a0€" in str(mail.body)
    assert "Votre carte a été refusée." in str(mail.body)
    assert where == f"/paiement/{order.pk}/"


def test_who_is_still_trying_cards_is_left_alone(sandbox: SandboxProcess) -> None:
    order = order_placed()
    refused(sandbox, order)
    wait_and_work(timedelta(minutes=14))
    refused(sandbox, order)

    wait_and_work(timedelta(minutes=14))

    assert letters() == []


def test_who_comes_back_later_and_is_refused_is_told_once_for_this_attempt(
    sandbox: SandboxProcess,
) -> None:
    order = order_placed()
    wait_and_work(A_WHILE)
    for _card in range(2):
        refused(sandbox, order)
        wait_and_work(A_WHILE)

    wait_and_work(TO_THE_REMINDER)

    assert letters() == ["order_received", "payment_failed", "resume_reminder"]


def test_a_reminder_keeps_its_distance_from_another_letter(
    sandbox: SandboxProcess,
) -> None:
    """At 20 hours it would come an hour after; six hours later the day is over."""
    order = order_placed()
    wait_and_work(A_WHILE)
    wait(19 * HOUR)
    refused(sandbox, order)
    wait_and_work(A_WHILE)

    for _hour in range(10):
        wait_and_work(HOUR)

    assert letters() == ["order_received", "payment_failed"]


def test_a_worker_that_was_away_writes_the_last_word_only(
    sandbox: SandboxProcess,
) -> None:
    order_placed()

    wait_and_work(21 * HOUR)
    work()

    assert letters() == ["resume_reminder"]


def test_a_worker_that_was_away_for_a_day_writes_nothing(
    sandbox: SandboxProcess,
) -> None:
    order_placed()

    wait_and_work(25 * HOUR)

    assert letters() == []


def test_without_the_reminder_an_order_is_told_of_once(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.RESUME_REMINDER_AFTER = None
    order_placed()
    wait_and_work(A_WHILE)

    wait_and_work(TO_THE_REMINDER)

    assert letters() == ["order_received"]


def test_the_letters_speak_the_orders_language(
    sandbox: SandboxProcess, mailoutbox: list[EmailMessage]
) -> None:
    refused(sandbox, order_placed(language="en"))

    with translation.override("fr"):
        wait_and_work(A_WHILE)
        wait_and_work(TO_THE_REMINDER)

    bodies = [str(mail.body) for mail in mailoutbox]
    assert ["did not go through" in bodies[0], "Your card" in bodies[0]] == [True] * 2
    assert "30 days after the order" in bodies[1]


def test_a_price_by_the_month_says_so(
    sandbox: SandboxProcess, mailoutbox: list[EmailMessage]
) -> None:
    order = order_placed(slug="premium")
    order.service.billing = "month"
    order.service.save()

    wait_and_work(A_WHILE)

    assert "79,00\u00a0€ par mois" in str(mailoutbox[0].body)


def test_the_link_proves_the_address_and_an_old_one_leads_there_all_the_same(
    sandbox: SandboxProcess, mailoutbox: list[EmailMessage]
) -> None:
    order = order_placed()
    wait_and_work(A_WHILE)
    link = link_in(mailoutbox[0].body, "/paiement/")

    _where, at_home = open_elsewhere(link)
    too_old, stranger = open_elsewhere(f"{link}x")

    orders = "/api/payments/orders"
    assert [at_home.get(orders).status_code, stranger.get(orders).status_code] == [
        *(200, 401)
    ]
    assert too_old == f"/paiement/{order.pk}/"
