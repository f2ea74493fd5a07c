"""The seed's "Flux de Test Automatisé", over HTTP, with the sandbox as Stripe."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from django.core.mail import EmailMessage
from pytest_django.live_server_helper import LiveServer

from payments.models import ProcessedEvent
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _expert() -> None:
    make_expert(slug="test-expert-id")


def call(shop: LiveServer, address: str, body: dict[str, Any] | None = None) -> Any:
    """GET, or POST this as JSON; the answer's JSON."""
    request = urllib.request.Request(
        f"{shop.url}/api/payments/{address}",
        json.dumps(body).encode() if body else None,
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def simulate_successful_payment(sandbox: SandboxProcess, client_secret: str) -> str:
    """Pay as a buyer does who has nothing but the client secret."""
    intent_id = client_secret.partition("_secret_")[0]
    paid = sandbox.pay(intent_id, card="4242424242424242")
    assert paid["payment_intent"]["status"] == "succeeded"
    return intent_id


def test_the_seeds_flow_with_the_webhook_settling(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    # 1. Création d'intent de paiement
    intent = call(
        shop, "create-payment-intent", {"expertId": "test-expert-id", "amount": 7900}
    )

    # 2. Simulation de paiement réussi
    simulate_successful_payment(sandbox, intent["clientSecret"])

    # 3. Vérification du webhook
    sandbox.wait_until_idle()
    received = ProcessedEvent.objects.get(type="payment_intent.succeeded")

    # 4. Vérification de l'état de l'ordre
    order = call(shop, f"order/{intent['orderId']}")["order"]
    assert received.processed
    assert order["status"] == "completed"
    assert order["paymentStatus"] == "succeeded"
    assert order["workflowStatus"] == "paid"
    assert [d["state"] for d in sandbox.deliveries()] == ["delivered"] * len(
        sandbox.events()
    )


def test_the_seeds_flow_with_webhooks_off_and_the_confirm_call_settling(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    sandbox.webhooks(enabled=False)
    intent = call(
        shop, "create-payment-intent", {"expertId": "test-expert-id", "amount": 7900}
    )
    intent_id = simulate_successful_payment(sandbox, intent["clientSecret"])
    before = call(shop, f"order/{intent['orderId']}")["order"]["status"]

    confirmed = call(shop, "confirm-payment", {"paymentIntentId": intent_id})

    order = call(shop, f"order/{intent['orderId']}")["order"]
    assert before == "pending"
    assert confirmed["success"] is True
    assert (order["status"], order["paymentStatus"]) == ("completed", "succeeded")
    assert not ProcessedEvent.objects.exists()


def test_events_that_were_held_back_come_later_and_change_nothing_more(
    shop: LiveServer, sandbox: SandboxProcess, mailoutbox: list[EmailMessage]
) -> None:
    sandbox.webhooks(enabled=False)
    body = {"productId": "premium", "customerEmail": "alice@example.org"}
    intent = call(shop, "create-payment-intent", body)
    intent_id = simulate_successful_payment(sandbox, intent["clientSecret"])
    call(shop, "confirm-payment", {"paymentIntentId": intent_id})
    before = call(shop, f"order/{intent['orderId']}")

    sandbox.webhooks(enabled=True, send_held=True)
    sandbox.wait_until_idle()

    assert ProcessedEvent.objects.filter(outcome="applied").count() == 1
    assert call(shop, f"order/{intent['orderId']}") == before
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "fault",
    [
        "double_same_id",
        "double_new_id",
        "concurrent",
        "reorder",
        "two_signatures",
        "old_api_version",
    ],
)
def test_whatever_the_way_of_the_events_the_order_is_paid_once(
    shop: LiveServer,
    sandbox: SandboxProcess,
    mailoutbox: list[EmailMessage],
    fault: str,
) -> None:
    sandbox.fault(fault, event="payment_intent.succeeded")
    body = {"productId": "premium", "customerEmail": "alice@example.org"}
    intent = call(shop, "create-payment-intent", body)

    simulate_successful_payment(sandbox, intent["clientSecret"])
    sandbox.wait_until_idle()

    assert call(shop, f"order/{intent['orderId']}")["order"]["status"] == "completed"
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("fault", ["old_signature", "wrong_secret"])
def test_what_stripe_did_not_sign_rightly_pays_nothing(
    shop: LiveServer, sandbox: SandboxProcess, fault: str
) -> None:
    sandbox.fault(fault, event="payment_intent.succeeded")
    intent = call(shop, "create-payment-intent", {"productId": "premium"})

    simulate_successful_payment(sandbox, intent["clientSecret"])
    sandbox.wait_until_idle()

    [sent] = [
        delivery
        for delivery in sandbox.deliveries()
        if delivery["type"] == "payment_intent.succeeded"
    ]
    assert sent["attempts"][0]["status"] == 400
    assert sent["attempts"][0]["response"] == "Webhook signature verification failed."
    assert call(shop, f"order/{intent['orderId']}")["order"]["status"] == "pending"


def test_money_for_an_intent_whose_answer_was_lost_finds_its_order(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    sandbox.fault("truncated_after", route="POST /v1/payment_intents", count=4)
    order = make_order()
    with pytest.raises(urllib.error.HTTPError) as lost:
        call(shop, "create-payment-intent", {"orderId": str(order.pk)})
    lost.value.close()
    [created] = sandbox.events(type="payment_intent.created")

    sandbox.pay(created["data"]["object"]["id"])
    sandbox.wait_until_idle()

    assert lost.value.code == 503
    assert call(shop, f"order/{order.pk}")["order"]["workflowStatus"] == "paid"
