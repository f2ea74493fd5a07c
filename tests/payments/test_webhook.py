"""What a verified event does: once, and with its ledger row."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from lumira.outbox.models import Message
from orders.models import OrderEvent
from payments.gateway import WebhookEvent
from payments.models import Payment, ProcessedEvent
from payments.webhooks.registry import Change, Outcome, on
from tests.factories.payments import make_payment
from tests.lumira.table_contents import table_contents
from tests.payments.signed_events import (
    canceled,
    deliver,
    event,
    intent_object,
    succeeded,
)

pytestmark = pytest.mark.django_db
RECEIVED = {"received": True}
DUPLICATE = {"received": True, "duplicate": True}


def state(payment: Payment) -> tuple[str, str, str]:
    """Our payment's state, Stripe's word for it, the order's state."""
    fresh = Payment.objects.select_related("order").get(pk=payment.pk)
    return fresh.status, fresh.stripe_status, fresh.order.status


def test_succeeded_makes_the_order_paid_and_says_so_in_the_ledger(
    client: Client,
) -> None:
    payment = make_payment()
    happened = succeeded(payment)

    answer = deliver(client, happened)

    row = ProcessedEvent.objects.get()
    payment.refresh_from_db()
    assert answer.json() == RECEIVED
    assert state(payment) == ("completed", "succeeded", "paid")
    assert payment.charge_id == "ch_1"
    assert payment.order.paid_at == payment.completed_at is not None
    assert OrderEvent.objects.get().by == "stripe"
    assert (row.event_id, row.type) == (happened["id"], "payment_intent.succeeded")
    assert (row.object_id, row.livemode) == (payment.intent_id, False)
    assert row.api_version == "2026-10-28.endive"
    assert (row.processed, row.outcome, row.attempts) == (True, "applied", 1)
    assert row.last_error == ""


def test_an_event_is_received_before_it_is_processed(client: Client) -> None:
    deliver(client, succeeded(make_payment()))

    row = ProcessedEvent.objects.get()
    assert row.processed_at is not None
    assert row.received_at <= row.processed_at


@pytest.mark.django_db(transaction=True)
def test_the_same_event_again_is_a_duplicate_and_changes_nothing(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    happened = succeeded(make_payment())
    deliver(client, happened)
    before = table_contents()

    answers = [deliver(client, happened) for _ in range(3)]

    assert [(a.status_code, a.json()) for a in answers] == [(200, DUPLICATE)] * 3
    assert table_contents() == before
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_events_for_one_change_are_one_effect_and_one_mail(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    payment = make_payment()

    answers = [deliver(client, succeeded(payment)) for _ in range(2)]

    assert [answer.json() for answer in answers] == [RECEIVED] * 2
    assert ProcessedEvent.objects.filter(processed=True).count() == 2
    assert OrderEvent.objects.count() == 1
    assert len(mailoutbox) == 1


@on("test.fails_after_its_change")
def fail_after_the_change(event: WebhookEvent) -> Change:
    """A handler that does half of its work."""

    def change() -> Outcome:
        Payment.objects.update(charge_id="ch_half")
        raise RuntimeError(f"half of {event.event_id}")

    return change


@pytest.mark.django_db(transaction=True)
def test_of_a_change_that_fails_halfway_nothing_is_kept(client: Client) -> None:
    payment = make_payment()

    answer = deliver(
        client, event("test.fails_after_its_change", intent_object(payment))
    )

    row = ProcessedEvent.objects.get()
    payment.refresh_from_db()
    assert answer.status_code == 500
    assert payment.charge_id == ""
    assert (row.processed, row.processed_at, row.attempts) == (False, None, 1)
    assert row.last_error == "RuntimeError"


def test_canceled_ends_the_attempt_and_the_order_can_be_paid_anew(
    client: Client,
) -> None:
    payment = make_payment()

    deliver(client, canceled(payment))

    assert state(payment) == ("cancelled", "canceled", "failed")
    make_payment(order=payment.order)  # the database allows the next attempt


def test_canceled_after_succeeded_changes_nothing(client: Client) -> None:
    payment = make_payment()
    deliver(client, succeeded(payment))

    answer = deliver(client, canceled(payment))

    assert answer.json() == RECEIVED
    assert state(payment) == ("completed", "succeeded", "paid")
    assert OrderEvent.objects.count() == 1


def test_money_that_comes_after_all_settles_the_order_and_alerts(
    client: Client,
) -> None:
    payment = make_payment()
    deliver(client, canceled(payment))

    deliver(client, succeeded(payment))

    alert = Message.objects.get(topic="alert")
    assert state(payment) == ("completed", "succeeded", "paid")
    assert alert.payload["kind"] == "late_money"


def test_news_of_an_older_attempt_leaves_order_and_open_attempt_alone(
    client: Client,
) -> None:
    old = make_payment()
    deliver(client, canceled(old))
    new = make_payment(order=old.order)
    before = OrderEvent.objects.count()

    deliver(client, canceled(old))

    assert state(old)[0] == "cancelled"
    assert state(new)[0] == "pending"
    assert OrderEvent.objects.count() == before


def test_an_order_paid_by_two_attempts_is_paid_once_and_alerts(client: Client) -> None:
    old = make_payment(status="cancelled")
    new = make_payment(order=old.order)
    deliver(client, succeeded(new))

    deliver(client, succeeded(old))

    alert = Message.objects.get(topic="alert")
    assert (state(old), state(new)) == (("completed", "succeeded", "paid"),) * 2
    assert alert.payload["kind"] == "paid_twice"
    assert OrderEvent.objects.count() == 1


def test_the_event_may_be_faster_than_the_answer_with_the_intents_id(
    client: Client,
) -> None:
    payment = make_payment(intent_id=None)

    deliver(client, succeeded(payment, id="pi_of_the_lost_answer"))

    payment.refresh_from_db()
    assert payment.intent_id == "pi_of_the_lost_answer"
    assert state(payment) == ("completed", "succeeded", "paid")


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        None,
        {"orderId": "another product's"},
        {"orderId": ""},
        {"orderId": "5d1e3ce4-2f0c-4f0a-9a55-0d3ad9a8a001"},
        {"order_id": "7"},
    ],
)
@pytest.mark.parametrize(
    "kind", ["succeeded", "canceled", "processing", "payment_failed", "requires_action"]
)
def test_another_products_intent_is_recorded_and_left_alone(
    client: Client, kind: str, metadata: dict[str, str] | None
) -> None:
    payment = make_payment()
    foreign = intent_object(payment, id="pi_foreign", metadata=metadata)

    answer = deliver(client, event(f"payment_intent.{kind}", foreign))

    row = ProcessedEvent.objects.get()
    assert (answer.status_code, answer.json()) == (200, RECEIVED)
    assert (row.processed, row.outcome) == (True, "foreign")
    assert state(payment)[0] == "pending"
    assert not Message.objects.exists()


UNKNOWN: list[tuple[str, dict[str, Any]]] = [
    ("payment_intent.created", {"id": "pi_1", "object": "payment_intent"}),
    ("customer.created", {"id": "cus_1", "object": "customer"}),
    ("balance.available", {"object": "balance"}),
    ("v3.thing.invented_tomorrow", {}),
]


@pytest.mark.parametrize(("kind", "about"), UNKNOWN)
def test_a_type_we_do_not_know_is_recorded_and_ignored(
    client: Client, kind: str, about: dict[str, Any]
) -> None:
    happened = event(kind, about)

    answers = [deliver(client, happened).json() for _ in range(2)]

    row = ProcessedEvent.objects.get()
    assert answers == [RECEIVED, DUPLICATE]
    assert (row.type, row.processed, row.outcome) == (kind, True, "ignored")
    assert row.object_id == about.get("id", "")


def test_the_ledger_and_the_log_hold_ids_only(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    payment = make_payment()
    personal = {"receipt_email": "alice@example.org", "shipping": {"name": "Alice"}}

    deliver(client, succeeded(payment, **personal))

    row = repr(ProcessedEvent.objects.values().get())
    assert "alice" not in (row + caplog.text).lower()
