"""Stolen cards are tried in series: Stripe hears little of it, buyers nothing."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from lumira.limits.brake import pull_brake
from lumira.outbox.models import Message
from orders.models import Order
from orders.status import OrderStatus
from tests.factories.catalogue import make_service
from tests.limits.shopping import (
    DECLINED_CARD,
    ask_to_pay,
    from_network,
    pay,
)
from tests.lumira.answer import Answer
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def calls(sandbox: SandboxProcess) -> int:
    return len(sandbox.requests())


def bot_pays(sandbox: SandboxProcess, answer: Answer) -> bool:
    """Tries a stolen card, if it was given anything to try it on."""
    if answer.status_code != 200:
        assert answer.status_code == 429
        return False
    pay(sandbox, answer, DECLINED_CARD)
    return True


def assert_paid(order_id: str) -> None:
    assert Order.objects.get(pk=order_id).status == OrderStatus.PAID


def test_a_thousand_tries_from_one_network_are_a_handful_of_calls(
    sandbox: SandboxProcess,
) -> None:
    make_service(slug="premium")
    tried = 0

    for number in range(1000):
        # Each time another address, no cookie, and another forged sender.
        forged = f"203.0.{number // 250}.{number % 250}"
        bot = from_network("192.0.2.66", X_Forwarded_For=forged)
        answer = ask_to_pay(bot, customerEmail=f"bot{number}@example.org")
        tried += bot_pays(sandbox, answer)
        if number == 500:
            buyer = from_network("198.51.100.7")
            answer = ask_to_pay(buyer, customerEmail="alice@example.org")
            pay(sandbox, answer)
            assert_paid(answer.json()["orderId"])

    # For each card: the intent, and a look when Stripe tells. One more for the buyer.
    assert tried == 8
    assert calls(sandbox) == 2 * tried + 1
    assert Order.objects.count() == tried + 1


def test_many_networks_meet_the_brake_and_a_buyer_still_pays(
    sandbox: SandboxProcess, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    make_service(slug="premium")
    settings.TRUSTED_PROXY_COUNT = 1
    tried = 0

    for number in range(150):
        sender = f"203.0.{number // 250}.{number % 250}"
        bot = from_network("10.0.0.1", X_Forwarded_For=f"198.51.100.1, {sender}")
        answer = ask_to_pay(bot, customerEmail=f"bot{number}@example.org")
        tried += bot_pays(sandbox, answer)

    assert tried <= 30
    assert calls(sandbox) <= 2 * tried
    assert Message.objects.filter(key__startswith="alert:card_testing").count() == 1

    mailoutbox.clear()
    buyer = from_network("10.0.0.1", X_Forwarded_For="198.51.100.77")
    refused = ask_to_pay(buyer, customerEmail="alice@example.org")
    assert refused.status_code == 429
    assert "demandez votre lien" in refused.json()["message"]
    order_id = refused.json()["orderId"]
    assert pays_by_the_link(sandbox, buyer, mailoutbox, order_id)


def test_under_attack_an_order_that_may_not_be_paid_yet_has_no_payment(
    sandbox: SandboxProcess,
) -> None:
    make_service(slug="premium")
    pull_brake()
    answers = [
        ask_to_pay(from_network("198.51.100.7"), customerEmail=f"b{number}@example.org")
        for number in range(3)
    ]

    refused = answers[-1]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    # Else asking for it again would be let through, as for a payment under way.
    order = Order.objects.get(pk=refused.json()["orderId"])
    assert not order.payments.exists()
    again = ask_to_pay(from_network("198.51.100.7"), orderId=str(order.pk))
    assert again.status_code == 429


def pays_by_the_link(
    sandbox: SandboxProcess,
    buyer: Client,
    mailoutbox: list[EmailMessage],
    order_id: str,
) -> bool:
    buyer.post("/commandes/", {"email": "alice@example.org"})
    [mail] = mailoutbox
    assert mail.to == ["alice@example.org"]
    link = re.search(r"http://testserver(/commandes/\?lien=\S+)", str(mail.body))
    assert link
    buyer.get(link[1])
    answer = ask_to_pay(buyer, orderId=order_id)
    pay(sandbox, answer)
    assert_paid(order_id)
    return True
