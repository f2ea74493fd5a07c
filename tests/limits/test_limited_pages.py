"""What a visitor meets who does something too often."""

import pytest
from django.conf import settings as configured
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from orders.models import Order
from payments.models import Payment
from tests.api.calling import CONFIRM, assert_error
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.limits.shopping import ask_to_pay, from_network
from tests.lumira.answer import Answer
from tests.orders.filling_in import answers
from tests.payments.purchases import open_purchase
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db
OFFICE = "192.0.2.1"


@pytest.fixture
def catalogue() -> None:
    make_expert(make_service(slug="premium"), slug="camille")


def with_cookie(name: str) -> Client:
    browser = from_network(OFFICE)
    browser.cookies[configured.CSRF_COOKIE_NAME] = (
        f"{name:a<32}"  # Django replaces any other
    )
    return browser


def order_by_form(browser: Client, number: int) -> Answer:
    return browser.post("/commande/", answers(email=f"somebody{number}@example.org"))


def test_the_form_says_when_to_come_back(catalogue: None) -> None:
    browser = with_cookie("one")
    told = [order_by_form(browser, number).status_code for number in range(9)]

    answer = order_by_form(browser, 10)

    page = answer.content.decode()
    assert told == [302] * 8 + [429]
    assert Order.objects.count() == 8
    assert "Trop de tentatives. Réessayez dans 10 minutes." in page
    assert "vos réponses sont encore dans le formulaire" in page
    assert 590 <= int(answer["Retry-After"]) <= 600


def test_a_colleague_of_the_same_office_still_orders(catalogue: None) -> None:
    for number in range(9):
        order_by_form(with_cookie("one"), number)

    assert order_by_form(with_cookie("another"), 10).status_code == 302


def test_without_cookies_the_network_counts(catalogue: None) -> None:
    told = [
        order_by_form(from_network(OFFICE), number).status_code for number in range(22)
    ]

    assert told == [302] * 20 + [429] * 2


def test_the_same_form_sent_again_is_not_counted(catalogue: None) -> None:
    same = answers()
    told = [
        with_cookie("one").post("/commande/", same).status_code for _time in range(20)
    ]

    assert told == [302] * 20
    assert Order.objects.count() == 1


def test_a_form_full_of_mistakes_is_not_counted(catalogue: None) -> None:
    browser = with_cookie("one")
    told = [
        browser.post("/commande/", answers(email="nonsense")).status_code
        for _time in range(20)
    ]

    assert told == [422] * 20
    assert order_by_form(browser, 1).status_code == 302


def test_the_api_says_it_as_json(
    sandbox: SandboxProcess, settings: Settings, catalogue: None
) -> None:
    settings.LIMITS_FACTOR = 0.1
    for _time in range(3):
        answer = ask_to_pay(from_network(OFFICE), customerEmail="a@example.org")

    body = assert_error(answer, 429, "too_many_requests")
    assert body["retryAfter"] == int(answer["Retry-After"]) > 0


def test_an_order_that_is_asked_for_too_often_rests_at_stripe(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.LIMITS_FACTOR = 0.1
    order = make_order()
    told = [
        # Another network each time: it is the order that is counted.
        ask_to_pay(from_network(f"192.0.2.{number}"), orderId=str(order.pk))
        for number in range(8)
    ]
    asked = len(sandbox.requests())

    refused = ask_to_pay(from_network("192.0.2.99"), orderId=str(order.pk))

    assert [answer.status_code for answer in told] == [200] * 6 + [429] * 2
    assert refused.json()["orderId"] == str(order.pk)
    assert len(sandbox.requests()) == asked


def test_asking_how_a_payment_stands_has_an_end_too(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.LIMITS_FACTOR = 0.1
    payment = open_purchase()
    body = {"paymentIntentId": payment.intent_id}
    told = [
        from_network(f"192.0.2.{number}").post(
            CONFIRM, body, content_type="application/json"
        )
        for number in range(7)
    ]

    assert [answer.status_code for answer in told] == [200] * 6 + [429]


def test_the_confirmation_page_then_tells_what_we_know(
    client: Client, sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.LIMITS_FACTOR = 0.01
    payment: Payment = open_purchase()
    page = payment.order.get_absolute_url()
    client.post(page)
    client.post(page)
    asked = len(sandbox.requests())

    answer = client.post(page)

    assert answer.status_code == 302
    assert len(sandbox.requests()) == asked


def test_links_by_mail_are_asked_for_a_few_times_only(
    mailoutbox: list[EmailMessage],
) -> None:
    for number in range(25):
        make_order(email=f"somebody{number}@example.org")

    told = [
        from_network(OFFICE).post(
            "/commandes/", {"email": f"somebody{number}@example.org"}
        )
        for number in range(25)
    ]

    codes = [answer.status_code for answer in told]
    assert codes == [200] * 20 + [429] * 5
    assert "Trop de tentatives" in told[-1].content.decode()


def test_an_order_that_is_watched_all_the_time_is_a_429_and_writes_nothing(
    client: Client, settings: Settings
) -> None:
    settings.LIMITS_FACTOR = 0.01
    order = make_order()

    told = [
        client.get(f"/api/payments/order/{order.pk}").status_code for _time in range(7)
    ]

    assert told == [200] * 6 + [429]
