"""Stripe speaks of another sum, currency, mode or order: nothing goes on by itself."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from orders.actions.hold import release_hold
from orders.models.hold import HoldReason
from orders.status import OrderOnHold, OrderStatus
from payments.actions.start_payment import OrderFrozen, start_payment
from payments.models import Payment
from tests.api.calling import assert_error, create
from tests.money.books import alerts, letters, moves, paid, states
from tests.money.dashboard import news
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import deliver, succeeded
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
WRONG: list[dict[str, Any]] = [
    {"amount": 100, "amount_received": 100},
    {"amount_received": 7899},
    {"currency": "usd"},
    {"livemode": True},
    {"metadata": {"orderId": "5d1e3ce4-2f0c-4f0a-9a55-0d3ad9a8a001"}},
]


def release(payment: Payment) -> None:
    """A person has looked, and says that all is well."""
    order, about = payment.order, str(payment.intent_id)
    release_hold(order, reason=HoldReason.MISMATCH, about=about, by="esther")


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_mismatch_freezes_the_order_alerts_and_stops_the_checkout(
    client: Client, sandbox: SandboxProcess, wrong: dict[str, Any]
) -> None:
    payment = open_purchase()
    happened = succeeded(payment, **wrong) | {"livemode": False}

    deliver(client, happened)
    answer = create(client, {"orderId": str(payment.order_id)})

    payment.order.refresh_from_db()
    assert payment.order.is_on_hold
    assert states(payment) == ("pending", "pending")
    assert (alerts(), letters()) == (["payment_mismatch"], [])
    assert_error(answer, 409, "order_on_hold")
    assert len(news(sandbox, "payment_intent.created")) == 1


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_once_released_the_order_is_paid_on_the_same_intent(
    client: Client, sandbox: SandboxProcess, wrong: dict[str, Any]
) -> None:
    payment = open_purchase()
    deliver(client, succeeded(payment, **wrong) | {"livemode": False})

    release(payment)
    again = paid(sandbox, payment.order)

    assert again.pk == payment.pk
    assert states(payment) == ("completed", "paid")
    assert moves(payment.order) == ["paid"]
    assert len(news(sandbox, "payment_intent.created")) == 1


def test_the_checkout_itself_sees_that_the_price_is_not_ours(
    sandbox: SandboxProcess,
) -> None:
    payment = open_purchase()
    Payment.objects.update(amount=100)

    with pytest.raises(OrderFrozen):
        start_payment(payment.order)

    payment.order.refresh_from_db()
    assert payment.order.is_on_hold
    assert alerts() == ["payment_mismatch"]


def test_a_release_does_not_make_a_wrong_price_right(sandbox: SandboxProcess) -> None:
    payment = open_purchase()
    Payment.objects.update(amount=100)
    with pytest.raises(OrderFrozen):
        start_payment(payment.order)

    release(payment)

    with pytest.raises(OrderFrozen):
        start_payment(payment.order)
    assert alerts() == ["payment_mismatch"]


def test_a_paid_order_with_a_mismatch_is_not_worked_on_until_released(
    client: Client, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    deliver(client, succeeded(payment, currency="usd"))

    with pytest.raises(OrderOnHold):
        payment.order.move_to(OrderStatus.PROCESSING, by="esther")
    release(payment)

    assert payment.order.move_to(OrderStatus.PROCESSING, by="esther")


def test_an_intent_of_test_keys_is_not_paid_with_live_ones(
    client: Client, sandbox: SandboxProcess, settings: Settings
) -> None:
    payment = open_purchase()
    settings.STRIPE_SECRET_KEY = "sk_live_of_this_shop"

    deliver(client, succeeded(payment, livemode=True))

    payment.order.refresh_from_db()
    assert payment.order.is_on_hold
    assert states(payment) == ("pending", "pending")
