"""Buyers and bots, each from a network of their own, and what Stripe tells of them."""

from typing import Any

from django.test import Client

from orders.models import Order
from payments.actions.start_payment import start_payment
from tests.api.calling import CREATE
from tests.lumira.answer import Answer
from tests.payments.signed_events import deliver
from tests.sandbox_process import SandboxProcess

GOOD_CARD, DECLINED_CARD = "4242424242424242", "4000000000000002"


def from_network(address: str, **headers: str) -> Client:
    """A browser without cookies."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(REMOTE_ADDR=address, headers=names)


def ask_to_pay(client: Client, **body: Any) -> Answer:
    """A new order of Premium, unless `orderId` names one; and its intent."""
    wanted = body if "orderId" in body else {"productId": "premium", **body}
    return client.post(CREATE, wanted, content_type="application/json")


def pay(sandbox: SandboxProcess, answer: Answer, card: str = GOOD_CARD) -> None:
    """With the secret that was handed out; then Stripe tells us."""
    intent_id = answer.json()["clientSecret"].partition("_secret_")[0]
    pay_intent(sandbox, intent_id, card)


def pay_intent(sandbox: SandboxProcess, intent_id: str, card: str = GOOD_CARD) -> None:
    sandbox.pay(intent_id, card=card)
    told = [
        event
        for event in sandbox.events()
        if event["type"].startswith("payment_intent.")
        and event["data"]["object"]["id"] == intent_id
    ][-1]
    assert deliver(Client(), told).status_code == 200


def decline(sandbox: SandboxProcess, order: Order, times: int) -> None:
    """Refused cards, one after the other, on the order's intent."""
    _payment, intent = start_payment(order)
    for _card in range(times):
        pay_intent(sandbox, intent.intent_id, DECLINED_CARD)
