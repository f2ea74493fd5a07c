"""A replica set loses its primary while customers pay: nothing is lost or doubled."""

import json
import threading
import urllib.error
import urllib.request
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from pymongo import MongoClient

from tests.conftest import WEBHOOK_SECRET
from tests.engines.mongod import ReplicaSet, replica_set
from tests.engines.processes import free_port
from tests.money.web_process import WebProcess
from tests.sandbox_process import SandboxProcess

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "mongodb", reason="about MongoDB"),
]
CUSTOMERS, PURCHASES = 6, 10
TOTAL = CUSTOMERS * PURCHASES
# The primary dies when this many purchases are acknowledged.
KILLS_AFTER = (TOTAL // 4, TOTAL // 2)
TRIES = 30
PATIENCE_S = 120


class Acknowledged:
    """What the shop has promised customers: request, order, intent."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []
        self._more = threading.Condition()

    def add(self, request_id: str, order_id: str, intent_id: str) -> None:
        with self._more:
            self.rows.append((request_id, order_id, intent_id))
            self._more.notify_all()

    def wait_for(self, count: int) -> None:
        with self._more:
            if not self._more.wait_for(lambda: len(self.rows) >= count, PATIENCE_S):
                raise TimeoutError(f"{len(self.rows)} of {count} acknowledged")


def ask(web: WebProcess, request_id: str) -> dict[str, Any]:
    """A customer's request. Raises HTTPError and ConnectionError."""
    request = urllib.request.Request(
        f"{web.url}/api/payments/create-payment-intent",
        json.dumps({"productId": "premium", "customerEmail": "a@example.org"}).encode(),
        {"Content-Type": "application/json", "X-Request-Id": request_id},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        return dict(json.load(answer))


def ask_until_answered(web: WebProcess, request_id: str) -> dict[str, Any]:
    for _try in range(TRIES):
        try:
            return ask(web, request_id)
        except urllib.error.HTTPError as refused:
            refused.close()
        except ConnectionError:
            pass
    raise TimeoutError(request_id)


def ask_again(web: WebProcess, request_id: str) -> str:
    """The first request once more: the shop knows its order, and that it is paid."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(web, request_id)
    with refused.value as answer:
        said = json.load(answer)
    assert (refused.value.code, said["error"]) == (409, "order_already_paid")
    return str(said["orderId"])


def buy(web: WebProcess, sandbox: SandboxProcess, done: Acknowledged) -> None:
    for _purchase in range(PURCHASES):
        request_id = str(uuid.uuid4())
        answer = ask_until_answered(web, request_id)
        intent_id = answer["clientSecret"].partition("_secret_")[0]
        done.add(request_id, answer["orderId"], intent_id)
        sandbox.pay(intent_id, card="4242424242424242")


def deliver_everything(sandbox: SandboxProcess) -> None:
    for _retry in range(5):
        sandbox.wait_until_idle(PATIENCE_S)
        sandbox.advance(120)  # what failed is due again
    sandbox.wait_until_idle(PATIENCE_S)


def books(nodes: ReplicaSet) -> dict[str, Any]:
    """What the majority of the nodes holds, without the shop in between."""
    with MongoClient(nodes.url, readConcernLevel="majority") as client:
        shop = client.get_default_database()
        return {
            "orders": list(shop.orders_order.find()),
            "payments": list(shop.payments_payment.find()),
            "letters": shop.outbox_message.count_documents({"topic": "order_paid"}),
            "alerts": shop.outbox_message.count_documents({"topic": "alert"}),
            "failed": shop.payments_processedevent.count_documents(
                {"processed": False}
            ),
        }


def test_a_primary_killed_twice_while_customers_pay(sandbox: SandboxProcess) -> None:
    done = Acknowledged()
    with (
        replica_set(nodes=3, election_timeout_ms=2000) as nodes,
        WebProcess(
            port=free_port(),
            stripe_url=sandbox.url,
            database_url=nodes.url,
            LIMITS="off",  # all of them buy from one address
        ) as web,
        ThreadPoolExecutor(CUSTOMERS) as customers,
    ):
        web.manage("migrate", "--verbosity=0")
        web.manage("seed_demo", "--services-only")
        sandbox.endpoints({"url": web.webhook_url, "secrets": [WEBHOOK_SECRET]})
        web.start()

        buying = [
            customers.submit(buy, web, sandbox, done) for _customer in range(CUSTOMERS)
        ]
        for count in KILLS_AFTER:
            done.wait_for(count)
            killed = nodes.kill_primary()
            done.wait_for(count + CUSTOMERS)  # writes go on without it
            nodes.start_node(killed)
            nodes.wait_until_healthy()
        for customer in buying:
            customer.result(PATIENCE_S)
        deliver_everything(sandbox)
        web.manage("reconcile")
        known = [ask_again(web, request_id) for request_id, _, _ in done.rows[:5]]
        found = books(nodes)

    assert len(done.rows) == TOTAL
    orders = {str(uuid.UUID(hex=order["id"])): order for order in found["orders"]}
    assert set(orders) == {order_id for _, order_id, _ in done.rows}
    assert Counter(order["status"] for order in orders.values()) == {"paid": TOTAL}
    assert Counter(row["status"] for row in found["payments"]) == {"completed": TOTAL}
    assert {row["intent_id"] for row in found["payments"]} == {
        intent_id for _, _, intent_id in done.rows
    }
    assert len(sandbox.events(type="payment_intent.created")) == TOTAL
    assert len(sandbox.events(type="charge.succeeded")) == TOTAL
    assert (found["letters"], found["alerts"], found["failed"]) == (TOTAL, 0, 0)
    assert known == [order_id for _, order_id, _ in done.rows[:5]]
