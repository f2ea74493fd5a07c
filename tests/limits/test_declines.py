"""Refused cards: the order rests, and its intent is closed."""

from datetime import timedelta

import pytest
from django.test import Client

from lumira.limits.rests import FIRST_REST
from lumira.outbox.models import Message
from lumira.outbox.sending import send_again
from orders.access import COOKIE, access_token
from orders.models import Order
from orders.status import OrderStatus
from payments.status import PaymentStatus
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order
from tests.limits.passing_time import later
from tests.limits.shopping import (
    DECLINED_CARD,
    ask_to_pay,
    decline,
    from_network,
    pay,
)
from tests.payments.signed_events import deliver
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(sandbox: SandboxProcess) -> Order:
    return make_order()


def page_of(order: Order) -> str:
    return f"/paiement/{order.pk}/"


def test_four_refused_cards_are_nobodys_business(
    client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    decline(sandbox, order, times=4)

    answer = ask_to_pay(client, orderId=str(order.pk))
    pay(sandbox, answer)
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_the_fifth_closes_the_intent_and_hands_out_no_other(
    client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    decline(sandbox, order, times=5)
    asked = len(sandbox.requests())

    answer = ask_to_pay(client, orderId=str(order.pk))

    payment = order.payments.get()
    [intent] = [
        call["response"]
        for call in sandbox.requests()
        if call["path"].endswith(f"{payment.intent_id}/cancel")
    ]
    assert intent["status"] == "canceled"
    assert payment.status == PaymentStatus.CANCELLED
    assert answer.status_code == 429
    assert answer.json()["error"] == "too_many_requests"
    assert answer["Retry-After"] == str(answer.json()["retryAfter"])
    assert "clientSecret" not in answer.json()
    assert len(sandbox.requests()) == asked


def test_the_page_says_when_and_leads_back(
    client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    decline(sandbox, order, times=5)

    answer = client.get(page_of(order))

    page = answer.content.decode()
    assert answer.status_code == 429
    assert 890 <= int(answer["Retry-After"]) <= 900
    assert '<a class="button" href="">Réessayer</a>' in page
    assert "http-equiv" not in page
    assert "Réessayez dans 15 minutes." in page
    assert order.number in page


def test_after_the_pause_the_order_is_paid(
    client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    decline(sandbox, order, times=5)
    later(FIRST_REST)

    assert client.get(page_of(order)).status_code == 200
    pay(sandbox, ask_to_pay(client, orderId=str(order.pk)))
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_the_next_pause_is_longer(
    client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    decline(sandbox, order, times=5)
    later(FIRST_REST + timedelta(hours=1))
    decline(sandbox, order, times=5)

    answer = ask_to_pay(client, orderId=str(order.pk))

    assert answer.json()["retryAfter"] > 2 * FIRST_REST.total_seconds() - 10


def test_an_event_that_comes_twice_is_one_refusal(
    client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    decline(sandbox, order, times=4)
    for event in sandbox.events(type="payment_intent.payment_failed"):
        deliver(client, event)

    assert ask_to_pay(client, orderId=str(order.pk)).status_code == 200


def test_a_network_that_tries_cards_on_many_orders_rests(
    sandbox: SandboxProcess,
) -> None:
    make_service(slug="premium")
    network = "192.0.2.9"
    for number in range(8):
        email = f"somebody{number}@example.org"
        answer = ask_to_pay(from_network(network), customerEmail=email)
        pay(sandbox, answer, DECLINED_CARD)

    here = ask_to_pay(from_network(network), customerEmail="one@example.org")
    there = ask_to_pay(from_network("192.0.2.10"), customerEmail="one@example.org")

    assert (here.status_code, there.status_code) == (429, 200)


def test_a_colleague_with_a_signed_link_pays_all_the_same(
    sandbox: SandboxProcess, order: Order
) -> None:
    network = "192.0.2.9"
    for number in range(8):
        email = f"somebody{number}@example.org"
        answer = ask_to_pay(from_network(network), customerEmail=email)
        pay(sandbox, answer, DECLINED_CARD)
    colleague = from_network(network)
    assert ask_to_pay(colleague, orderId=str(order.pk)).status_code == 429

    colleague.cookies[COOKIE] = access_token(order)

    assert ask_to_pay(colleague, orderId=str(order.pk)).status_code == 200


def test_a_mailbox_of_their_own_is_no_way_to_try_cards_without_end(
    sandbox: SandboxProcess,
) -> None:
    make_service(slug="premium")
    mailbox = "bot@example.org"
    bot = from_network("192.0.2.9")
    bot.cookies[COOKIE] = access_token(make_order(email=mailbox))
    tried = 0

    while (answer := ask_to_pay(bot, customerEmail=mailbox)).status_code == 200:
        pay(sandbox, answer, DECLINED_CARD)
        tried += 1

    assert (answer.status_code, tried) == (429, 6)


def test_orders_placed_before_and_paid_by_the_link_are_none_either(
    sandbox: SandboxProcess,
) -> None:
    orders = [make_order(email="bot@example.org") for _ in range(8)]
    bot = from_network("192.0.2.9")
    bot.cookies[COOKIE] = access_token(orders[0])
    answers = []

    for order in orders:
        answers.append(ask_to_pay(bot, orderId=str(order.pk)))
        if answers[-1].status_code == 200:
            pay(sandbox, answers[-1], DECLINED_CARD)

    assert [answer.status_code for answer in answers] == [200] * 6 + [429] * 2


def test_who_typed_somebodys_address_does_not_stop_its_owner(
    sandbox: SandboxProcess, order: Order
) -> None:
    make_service(slug="premium")
    for number in range(6):
        stranger = from_network(f"192.0.2.{number}")
        pay(sandbox, ask_to_pay(stranger, customerEmail=order.email), DECLINED_CARD)
    owner = from_network("198.51.100.7")
    assert ask_to_pay(owner, orderId=str(order.pk)).status_code == 429

    owner.cookies[COOKIE] = access_token(order)

    assert ask_to_pay(owner, orderId=str(order.pk)).status_code == 200


def test_an_intent_that_could_not_be_closed_is_closed_by_the_next_try(
    client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    cancel = "POST /v1/payment_intents/*/cancel"
    sandbox.fault("503", route=cancel, count=4)
    decline(sandbox, order, times=5)
    payment = order.payments.get()
    assert payment.status != PaymentStatus.CANCELLED
    unsent = Message.objects.get(sent_at=None)

    send_again(unsent.pk, by="claire")

    payment.refresh_from_db()
    assert payment.status == PaymentStatus.CANCELLED


def test_the_staff_see_until_when(
    admin_client: Client, sandbox: SandboxProcess, order: Order
) -> None:
    address = f"/admin/orders/order/{order.pk}/change/"
    before = admin_client.get(address).content.decode()
    decline(sandbox, order, times=5)

    page = admin_client.get(address).content.decode()
    assert "Paiement en pause" not in before
    assert "Paiement en pause" in page
