"""What else calls somebody, each with what does not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import now
from huey.contrib.djhuey import HUEY
from pytest_django import Settings

from lumira.outbox.models import MAX_ATTEMPTS, Message
from lumira.worker_life import BEGAN, begin_life
from orders.actions.hold import place_hold, release_all_holds
from orders.models import Order, OrderHold
from orders.models.hold import HoldReason
from payments.models import Dispute, FraudWarning, ProcessedEvent, ReconcileRun
from payments.status import DisputeStatus
from tests.factories.orders import make_order
from tests.factories.payments import (
    make_dispute,
    make_event,
    make_fraud_warning,
    make_payment,
)
from tests.factories.reconcile_runs import line, make_run
from tests.monitoring.watching import look, told

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_worker_that_began_long_ago"),
]


@pytest.fixture
def a_worker_that_began_long_ago() -> None:
    HUEY.delete(BEGAN)


def ago(**span: float) -> dict[str, object]:
    return {"created_at": now() - timedelta(**span)}


def a_failed_event() -> None:
    long_ago = now() - timedelta(minutes=16)
    make_event("evt_1", "pi_1", processed=False, received_at=long_ago)


def a_dead_letter() -> None:
    Message.objects.create(topic="alert", key="dead", attempts=MAX_ATTEMPTS)


def a_mail_that_does_not_go() -> None:
    later = now() + timedelta(hours=1)
    Message.objects.create(
        topic="alert", key="tried", attempts=7, due_at=later, **ago(minutes=31)
    )


def drift() -> None:
    make_run(left=[line("refund", "re_1")])


def a_stopped_reconcile() -> None:
    make_run(started_at=now() - timedelta(minutes=31))


def a_dispute_due_tomorrow() -> None:
    make_dispute(make_payment(), due_by=now() + timedelta(hours=23))


def an_old_warning() -> None:
    payment = make_payment()
    warning = make_fraud_warning(payment, **ago(hours=25))
    place_hold(
        payment.order,
        reason=HoldReason.FRAUD_WARNING,
        about=warning.stripe_id,
        by="stripe",
    )


def an_old_mismatch() -> None:
    place_hold(make_order(), reason=HoldReason.MISMATCH, about="pi_1", by="stripe")
    OrderHold.objects.update(placed_at=now() - timedelta(hours=25))


def released() -> None:
    release_all_holds(Order.objects.get(), by="claire", note="Vu.")


TROUBLE = {
    "failed_events": a_failed_event,
    "dead_letters": a_dead_letter,
    "messages_waiting": a_mail_that_does_not_go,
    "drift": drift,
    "reconcile_silence": a_stopped_reconcile,
    "dispute_last_call": a_dispute_due_tomorrow,
    "fraud_untouched": an_old_warning,
    "holds_waiting": an_old_mismatch,
}
PEACE: list[tuple[str, Callable[[], object]]] = [
    ("failed_events", lambda: ProcessedEvent.objects.update(received_at=now())),
    ("failed_events", lambda: ProcessedEvent.objects.update(processed=True)),
    ("dead_letters", lambda: Message.objects.update(sent_at=now())),
    ("messages_waiting", lambda: Message.objects.update(created_at=now())),
    ("messages_waiting", lambda: Message.objects.update(sent_at=now())),
    ("drift", lambda: ReconcileRun.objects.update(is_dry=True)),
    ("drift", lambda: make_run()),
    ("reconcile_silence", lambda: make_run()),
    ("reconcile_silence", begin_life),
    ("messages_waiting", begin_life),
    (
        "dispute_last_call",
        lambda: Dispute.objects.update(status=DisputeStatus.UNDER_REVIEW),
    ),
    (
        "dispute_last_call",
        lambda: Dispute.objects.update(due_by=now() + timedelta(hours=25)),
    ),
    ("dispute_last_call", lambda: Dispute.objects.update(due_by=now())),
    ("fraud_untouched", lambda: FraudWarning.objects.update(actionable=False)),
    ("fraud_untouched", lambda: FraudWarning.objects.update(created_at=now())),
    ("fraud_untouched", released),
    ("holds_waiting", lambda: OrderHold.objects.update(placed_at=now())),
    ("holds_waiting", released),
]


@pytest.mark.parametrize("kind", sorted(TROUBLE))
def test_it_calls_somebody(kind: str) -> None:
    TROUBLE[kind]()

    look()

    assert told() == [kind]


@pytest.mark.parametrize(("kind", "calm"), PEACE)
def test_it_calls_nobody(kind: str, calm: Callable[[], object]) -> None:
    TROUBLE[kind]()
    calm()

    look()

    assert told() == []


def test_a_peaceful_shop_calls_nobody() -> None:
    look()

    assert told() == []
    assert not Message.objects.exists()


def test_a_queue_that_grows_calls_somebody(settings: Settings) -> None:
    settings.QUEUE_BACKLOG_THRESHOLD = 2
    try:
        for number in range(3):
            HUEY.storage.enqueue(f"task {number}".encode())
        look()
    finally:
        HUEY.storage.flush_queue()

    assert told() == ["queue_backlog"]
