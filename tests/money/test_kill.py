"""kill -9 of the web process while Stripe delivers: nothing lost, nothing twice."""

import socket
from collections.abc import Iterator

import pytest

from lumira.outbox.models import Message
from lumira.outbox.sending import send_waiting
from payments.models import Payment, ProcessedEvent, Refund
from tests.conftest import WEBHOOK_SECRET
from tests.factories.orders import make_order
from tests.money.books import (
    alerts,
    assert_no_drift,
    letters,
    moves,
    pay,
    run_reconcile,
)
from tests.money.dashboard import refund_there
from tests.money.web_process import WebProcess
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
ORDERS, REFUNDED = 40, 20
KILLS, EVENTS_BETWEEN = 3, 40
PATIENCE_S = 60


@pytest.fixture
def web(sandbox: SandboxProcess) -> Iterator[WebProcess]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with WebProcess(port=port, stripe_url=sandbox.url) as process:
        yield process


def delivered(sandbox: SandboxProcess) -> int:
    return len(sandbox.deliveries(state="delivered"))


def test_killed_again_and_again_in_the_middle_of_two_hundred_deliveries(
    sandbox: SandboxProcess, web: WebProcess
) -> None:
    sandbox.endpoints({"url": web.webhook_url, "secrets": [WEBHOOK_SECRET]})
    sandbox.webhooks(False, workers=4)
    payments = [pay(sandbox, make_order()) for _order in range(ORDERS)]
    for payment in payments[:REFUNDED]:
        refund_there(sandbox, payment)
    total = len(sandbox.deliveries())
    assert total >= 200

    web.start()
    sandbox.webhooks(True, send_held=True)
    survived = []
    for _time in range(KILLS):
        web.wait_until_acted(EVENTS_BETWEEN)
        web.kill()
        sandbox.wait_until_idle(PATIENCE_S)
        survived.append(delivered(sandbox))
        web.start()
        sandbox.advance(60)  # what failed is due again
    sandbox.wait_until_idle(PATIENCE_S)
    sandbox.advance(60)
    sandbox.wait_until_idle(PATIENCE_S)
    run_reconcile()
    send_waiting(limit=1000)

    assert survived == sorted(survived)
    assert survived[-1] < total == delivered(sandbox)
    assert_no_drift()
    assert Payment.objects.filter(status="completed").count() == ORDERS
    assert Refund.objects.filter(status="succeeded").count() == REFUNDED
    assert not ProcessedEvent.objects.filter(processed=False).exists()
    for number, payment in enumerate(payments):
        expected = ["paid", "refunded"] if number < REFUNDED else ["paid"]
        assert moves(payment.order) == expected
    assert letters() == ["order_paid"] * ORDERS + ["refunded"] * REFUNDED
    assert alerts() == []
    # What was being sent when the process died goes out when its lease ends.
    unsent = Message.objects.filter(sent_at=None)
    assert all(message.attempts == 1 for message in unsent)
