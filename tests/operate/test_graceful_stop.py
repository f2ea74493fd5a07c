"""SIGTERM, as at every update: what was begun is finished, and nothing new begins."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from lumira.outbox.models import Message
from payments.models import Payment
from tests.factories.orders import make_order
from tests.money.web_process import WebProcess, database_of_the_test
from tests.operate.held_server import PATIENCE_S, HeldServer, held_server
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
ENQUEUE = "from lumira.outbox.tasks import send_message; send_message({key!r})"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def stripe(sandbox: SandboxProcess) -> Iterator[HeldServer]:
    with held_server(forward_to=sandbox.url) as server:
        yield server


@pytest.fixture
def slack() -> Iterator[HeldServer]:
    with held_server() as server:
        yield server


def create_intent(url: str, order_id: str) -> dict[str, str]:
    request = urllib.request.Request(
        f"{url}/api/payments/create-payment-intent",
        json.dumps({"orderId": order_id}).encode(),
        {"Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        said: dict[str, str] = json.load(answer)
        return said


def test_a_payment_that_is_being_begun_survives_the_stop_of_the_web(
    stripe: HeldServer, free_port: int
) -> None:
    order = make_order()
    with (
        WebProcess(port=free_port, stripe_url=stripe.url) as web,
        ThreadPoolExecutor(1) as others,
    ):
        web.start()
        customer = others.submit(create_intent, web.url, str(order.pk))
        stripe.wait_for_a_caller()

        process = web.ask_to_end()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)  # it waits for its customer
        stripe.let_go()

        assert "_secret_" in customer.result()["clientSecret"]
        assert process.wait(PATIENCE_S) == 0
    payment = Payment.objects.get(order=order)
    assert payment.intent_id
    assert payment.status == "pending"


def test_a_task_that_is_being_done_survives_the_stop_of_the_worker(
    slack: HeldServer, tmp_path: Path
) -> None:
    message = Message.objects.create(
        key="k", topic="alert_post", payload={"kind": "drift", "about": "x"}
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lumira.settings",
        "ENVIRONMENT": "development",  # in "test" tasks wait for no worker
        "DATABASE_URL": database_of_the_test(),
        "QUEUE_FILE": str(tmp_path / "queue"),
        "ALERT_WEBHOOK_URL": slack.url,
        "EMAIL_URL": "dummymail://",
    }
    manage = [sys.executable, "manage.py"]
    where = {"cwd": settings.BASE_DIR, "env": environment}
    put = ENQUEUE.format(key=str(message.pk))
    subprocess.run([*manage, "shell", "--command", put], check=True, **where)
    worker = subprocess.Popen([*manage, "run_huey"], **where)
    try:
        slack.wait_for_a_caller()

        worker.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(1)  # it waits for its task
        slack.let_go()

        assert worker.wait(PATIENCE_S) == 0
    finally:
        worker.kill()
        worker.wait()
    message.refresh_from_db()
    assert message.sent_at
    assert message.attempts == 1
