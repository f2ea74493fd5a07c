"""What does not fit our books pays nothing (SPEC §5.2): it freezes and alerts once."""

from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from pytest_django import Settings

from lumira.outbox.models import Message
from orders.models import Order, OrderEvent
from payments.models import Payment, ProcessedEvent
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.payments.signed_events import deliver, event, intent_object, succeeded

pytestmark = pytest.mark.django_db
ANOTHER_ORDER = "5d1e3ce4-2f0c-4f0a-9a55-0d3ad9a8a001"
WRONG: list[dict[str, Any]] = [
    {"amount": 100, "amount_received": 100},
    {"amount": 7901, "amount_received": 7901},
    {"amount": 7901},
    {"amount": 100},
    {"amount_received": 0},
    {"amount_received": 7899},
    {"currency": "usd"},
    {"currency": "jpy"},
    {"metadata": {"orderId": ANOTHER_ORDER}},
    {"metadata": {}},
]


def books() -> list[Any]:
    """All that must stay as it is: every payment, and each order but for its hold."""
    order = ("pk", "status", "amount", "currency", "paid_at", "completed_at")
    return [
        list(Payment.objects.order_by("pk").values()),
        list(Order.objects.order_by("pk").values(*order)),
        OrderEvent.objects.exclude(after=F("before")).count(),
    ]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_another_sum_currency_or_order_changes_nothing_and_alerts(
    client: Client, wrong: dict[str, Any]
) -> None:
    payment = make_payment()
    before = books()

    answer = deliver(client, succeeded(payment, **wrong))

    alert = Message.objects.get()
    assert (answer.status_code, answer.json()) == (200, {"received": True})
    assert books() == before
    assert ProcessedEvent.objects.get().outcome == "refused"
    assert (alert.topic, alert.payload["kind"]) == ("alert", "payment_mismatch")
    assert alert.payload["about"] == payment.intent_id


@pytest.mark.parametrize("wrong", [WRONG[0], {"currency": "usd"}], ids=str)
def test_a_wrong_intent_is_not_remembered_as_the_orders_own(
    client: Client, wrong: dict[str, Any]
) -> None:
    payment = make_payment(intent_id=None)
    before = books()

    deliver(client, succeeded(payment, id="pi_stranger", **wrong))

    assert books() == before
    assert Message.objects.get().payload["kind"] == "payment_mismatch"


def test_a_mismatch_freezes_the_order_until_somebody_looks(client: Client) -> None:
    payment = make_payment()

    deliver(client, succeeded(payment, currency="usd"))

    assert Order.objects.get().is_on_hold


def test_the_same_mismatch_ten_times_is_one_alert(client: Client) -> None:
    payment = make_payment()

    for _ in range(10):
        deliver(client, succeeded(payment, amount=1, amount_received=1))

    assert Message.objects.count() == 1


def test_two_orders_cannot_be_paid_by_one_intent(client: Client) -> None:
    first = make_payment()
    second = make_payment(order=make_order(), intent_id=None)
    about = {"orderId": str(second.order_id)}

    deliver(client, succeeded(first, metadata=about))

    assert set(Payment.objects.values_list("status", flat=True)) == {"pending"}
    assert Message.objects.get().payload["kind"] == "payment_mismatch"


@pytest.mark.parametrize("status", ["pending", "completed", "cancelled"])
def test_money_for_our_order_on_an_intent_that_is_not_its_own_alerts(
    client: Client, status: str
) -> None:
    payment = make_payment(status=status)
    before = books()

    deliver(client, succeeded(payment, id="pi_made_by_nobody_here"))

    assert books() == before
    assert Message.objects.get().topic == "alert"


def test_a_live_event_is_refused_while_our_keys_are_test_keys(client: Client) -> None:
    payment = make_payment()
    before = books()
    happened = succeeded(payment) | {"livemode": True}

    answer = deliver(client, happened)

    assert (answer.status_code, answer.json()) == (200, {"received": True})
    assert books() == before
    assert ProcessedEvent.objects.get().outcome == "refused"
    assert Message.objects.get().payload["kind"] == "wrong_mode"


def test_a_live_intent_in_a_test_event_is_refused_too(client: Client) -> None:
    payment = make_payment()
    about = intent_object(payment, livemode=True)

    deliver(client, event("payment_intent.succeeded", about, livemode=False))

    assert Payment.objects.get().status == "pending"
    assert Message.objects.get().payload["kind"] == "payment_mismatch"


def test_a_test_event_is_refused_while_our_keys_are_live(
    client: Client, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = "sk_live_of_this_shop"
    payment = make_payment(livemode=True)

    deliver(client, succeeded(payment) | {"livemode": False})

    assert Payment.objects.get().status == "pending"
    assert Message.objects.get().payload["kind"] == "wrong_mode"


def test_an_attempt_made_with_test_keys_is_not_paid_with_live_ones(
    client: Client, settings: Settings
) -> None:
    payment = make_payment(livemode=False)
    settings.STRIPE_SECRET_KEY = "sk_live_of_this_shop"

    deliver(client, succeeded(payment, livemode=True))

    assert Payment.objects.get().status == "pending"
    assert Message.objects.get().payload["kind"] == "payment_mismatch"


def test_an_alert_holds_ids_and_figures_and_nobodys_name(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    payment = make_payment()

    deliver(client, succeeded(payment, amount=1, amount_received=1))

    told = repr(Message.objects.get().payload) + caplog.text
    assert "7900" in told
    assert payment.order_number in told
    assert "alice" not in told.lower()
    assert "secret" not in told


def test_after_a_mismatch_the_right_event_still_settles(client: Client) -> None:
    payment = make_payment()
    deliver(client, succeeded(payment, currency="usd"))

    deliver(client, succeeded(payment))

    assert Payment.objects.get().order.status == "paid"
