"""create-payment-intent against the sandbox: what it answers, and what Stripe hears."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from orders.models import Order, OrderEvent
from payments.models import Payment
from tests.api.calling import assert_error, create, intent_of
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.payments.signed_events import deliver, succeeded
from tests.payments.stripe_heard import creations
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def camille(sandbox: SandboxProcess) -> str:
    """The id of Camille, who offers basic and premium."""
    basic = make_service(slug="basic", price=2900, name="Consultation Basique")
    expert = make_expert(basic, make_service(), slug="camille", name="Camille Aubry")
    return str(expert.pk)


def test_the_answer_is_the_union_of_the_seeds_two_shapes(client: Client) -> None:
    answer = create(client, {"expertId": "camille", "amount": 7900})

    told = answer.json()
    order = Order.objects.get()
    assert answer.status_code == 200
    assert told.pop("clientSecret").startswith("pi_")
    assert told == {
        "orderId": str(order.pk),
        "amount": 7900,
        "currency": "eur",
        "expertName": "Camille Aubry",
        "productName": "Consultation Premium",
    }


@pytest.mark.parametrize(
    ("body", "service", "has_expert"),
    [
        ({"expertId": "camille", "amount": 2900}, "basic", True),
        (
            {
                "expertId": "camille",
                "amount": 7900,
                "description": "Consultation Premium avec Camille",
                "metadata": {"level": "premium", "service": "premium"},
            },
            "premium",
            True,
        ),
        ({"productId": "premium"}, "premium", False),
        ({"productId": "premium", "metadata": {}}, "premium", False),
        ({"productId": "premium", "metadata": None}, "premium", False),
        ({"productId": "basic", "expertId": "camille"}, "basic", True),
        ({"productId": "basic", "expertId": "camille", "amount": 2900}, "basic", True),
        (
            {"productId": "premium", "metadata": {"level": 2, "userId": "7"}},
            "premium",
            0,
        ),
    ],
    ids=str,
)
def test_every_accepted_shape_is_an_order(
    client: Client, body: dict[str, Any], service: str, has_expert: bool
) -> None:
    answer = create(client, body)

    order = Order.objects.get()
    assert answer.status_code == 200
    assert order.service.slug == service
    assert bool(order.expert_id) == bool(has_expert)
    assert answer.json()["amount"] == order.amount == order.service.price
    assert OrderEvent.objects.get().by == "api"


def test_an_expert_may_be_named_by_id(client: Client, camille: str) -> None:
    answer = create(client, {"expertId": camille, "amount": 7900})

    assert answer.json()["expertName"] == "Camille Aubry"


def test_who_the_customer_is_stays_with_us(
    client: Client, sandbox: SandboxProcess
) -> None:
    create(
        client,
        {
            "productId": "premium",
            "customerEmail": "Alice@Example.org",
            "customerName": " Alice Martin ",
            "description": "Pour Alice",
        },
    )

    order = Order.objects.get()
    assert (order.email, order.name) == ("alice@example.org", "Alice Martin")
    assert "alice" not in repr(sandbox.requests()).lower()


def test_stripe_hears_the_sum_our_ids_and_our_key_and_nothing_else(
    client: Client, sandbox: SandboxProcess, camille: str
) -> None:
    create(
        client,
        {
            "expertId": "camille",
            "amount": 7900,
            "description": "Ma grande question",
            "metadata": {"service": "premium", "level": "x", "userId": "free text"},
        },
        X_Request_Id="request-7",
    )

    [call] = creations(sandbox)
    payment = Payment.objects.get()
    assert call["idempotency_key"] == f"oracle-lumira-{payment.pk}"
    assert call["params"] == {
        "amount": "7900",
        "currency": "eur",
        "automatic_payment_methods": {"enabled": "true"},
        "metadata": {
            "orderId": str(payment.order_id),
            "service": "premium",
            "level": "2",
            "expertId": camille,
        },
    }


def test_an_order_of_the_form_is_paid_by_its_id(client: Client) -> None:
    order = make_order()

    answer = create(client, {"orderId": str(order.pk)})

    payment = Payment.objects.get()
    assert answer.json()["orderId"] == str(order.pk)
    assert (payment.order, payment.intent_id) == (order, intent_of(answer))
    assert (payment.status, payment.amount) == ("pending", 7900)


def test_an_existing_order_keeps_its_intent_on_every_call(
    client: Client, sandbox: SandboxProcess
) -> None:
    order = make_order()

    answers = [create(client, {"orderId": str(order.pk)}).json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert len(creations(sandbox)) == 1
    assert Payment.objects.count() == 1


def test_a_page_that_is_reloaded_at_once_does_not_ask_stripe_again(
    client: Client, sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.INTENT_CACHE_S = 60
    first = create(client, {"productId": "premium"})
    again = {"orderId": first.json()["orderId"]}
    asked = len(sandbox.requests())

    answers = [create(client, again).json() for _ in range(3)]

    assert answers == [first.json()] * 3
    assert len(sandbox.requests()) == asked


def test_news_of_the_webhook_is_not_hidden_from_a_reloaded_page(
    client: Client, sandbox: SandboxProcess, settings: Settings
) -> None:
    settings.INTENT_CACHE_S = 60
    first = create(client, {"productId": "premium"})
    sandbox.pay(intent_of(first))
    [paid] = sandbox.events(type="payment_intent.succeeded")
    deliver(client, paid)

    answer = create(client, {"orderId": first.json()["orderId"]})

    assert_error(answer, 409, "order_already_paid")


def test_an_order_costs_what_it_did_when_it_was_placed(client: Client) -> None:
    order = make_order()
    make_service().__class__.objects.filter(slug="premium").update(price=9900)

    answer = create(client, {"orderId": str(order.pk)})

    assert answer.json()["amount"] == 7900


def test_a_declined_card_is_tried_again_on_the_same_intent(
    client: Client, sandbox: SandboxProcess
) -> None:
    first = create(client, {"productId": "premium"})
    sandbox.pay(intent_of(first), card="4000000000000002")

    second = create(client, {"orderId": first.json()["orderId"]})

    payment = Payment.objects.get()
    assert second.json() == first.json()
    assert (payment.status, payment.order.status) == ("failed", "failed")
    assert payment.decline_code == "generic_decline"


def test_a_cancelled_intent_is_followed_by_a_new_one_with_a_new_key(
    client: Client, sandbox: SandboxProcess
) -> None:
    first = create(client, {"productId": "premium"})
    sandbox.control("POST", f"payment_intents/{intent_of(first)}/cancel")

    second = create(client, {"orderId": first.json()["orderId"]})

    keys = {call["idempotency_key"] for call in creations(sandbox)}
    assert second.status_code == 200
    assert intent_of(second) != intent_of(first)
    assert len(keys) == 2
    assert sorted(Payment.objects.values_list("status", flat=True)) == [
        "cancelled",
        "pending",
    ]


def test_money_that_came_while_nobody_looked_is_found_and_settled(
    client: Client, sandbox: SandboxProcess, mailoutbox: list[EmailMessage]
) -> None:
    body = {"productId": "premium", "customerEmail": "alice@example.org"}
    first = create(client, body)
    sandbox.pay(intent_of(first))

    second = create(client, {"orderId": first.json()["orderId"]})

    assert_error(second, 409, "order_already_paid")
    assert Order.objects.get().status == "paid"
    assert len(mailoutbox) == 1


def test_while_the_bank_thinks_nobody_pays_again(
    client: Client, sandbox: SandboxProcess
) -> None:
    first = create(client, {"productId": "premium"})
    sandbox.control("POST", "payment_methods", enabled=["card", "sepa_debit"])
    sepa = create(client, {"productId": "premium"})
    sandbox.pay(intent_of(sepa), type="sepa_debit")

    answer = create(client, {"orderId": sepa.json()["orderId"]})

    told = assert_error(answer, 409, "payment_processing")
    assert told["orderId"] == sepa.json()["orderId"] != first.json()["orderId"]
    assert Payment.objects.get(order_id=told["orderId"]).status == "processing"


def test_an_order_that_late_money_paid_cannot_be_paid_on_its_open_attempt(
    client: Client, sandbox: SandboxProcess
) -> None:
    first = create(client, {"productId": "premium"})
    again = {"orderId": first.json()["orderId"]}
    sandbox.control("POST", f"payment_intents/{intent_of(first)}/cancel")
    create(client, again)
    deliver(client, succeeded(Payment.objects.get(intent_id=intent_of(first))))

    answer = create(client, again)

    assert Order.objects.get().status == "paid"
    assert_error(answer, 409, "order_already_paid")


def test_a_currency_written_in_capitals_sells_all_the_same(client: Client) -> None:
    make_service(slug="swiss", price=9000, currency="CHF")

    answer = create(client, {"productId": "swiss"})

    assert (answer.status_code, answer.json().get("currency")) == (200, "chf")


def test_a_currency_without_decimals_is_charged_as_it_is(
    client: Client, sandbox: SandboxProcess
) -> None:
    make_service(slug="tokyo", price=500, currency="jpy")

    answer = create(client, {"productId": "tokyo"})

    [call] = creations(sandbox)
    assert (answer.json()["amount"], answer.json()["currency"]) == (500, "jpy")
    assert (call["params"]["amount"], call["params"]["currency"]) == ("500", "jpy")
