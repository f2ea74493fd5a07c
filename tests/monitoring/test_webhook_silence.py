"""Money came and Stripe told nothing: not the same as a quiet night."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from lumira.outbox.models import Message
from payments.actions.confirm_payment import confirm_payment
from payments.models import Payment, ProcessedEvent
from payments.reconcile.written_runs import WORKER, begin_run, carry_out_run
from tests.factories.payments import make_event
from tests.factories.reconcile_runs import line, make_run
from tests.monitoring.watching import body, look, paid, told
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import deliver, succeeded
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def told_about_silence() -> bool:
    return "webhook_silence" in told()


def test_a_payment_that_only_we_asked_about_calls_somebody(
    sandbox: SandboxProcess,
) -> None:
    payment = open_purchase()
    sandbox.pay(str(payment.intent_id))
    confirm_payment(payment, by="customer")

    look(minutes=29)
    assert not told_about_silence()
    look(minutes=32)

    assert told_about_silence()
    assert payment.order_number in body()


def test_a_payment_that_stripe_told_of_calls_nobody(
    client: Client, sandbox: SandboxProcess
) -> None:
    payment = open_purchase()
    deliver(client, succeeded(payment))

    look(minutes=60)

    assert not told_about_silence()


def test_a_night_without_payments_calls_nobody() -> None:
    paid(minutes_ago=60 * 30)

    look()

    assert not told_about_silence()


def test_what_reconcile_fetched_was_not_told(sandbox: SandboxProcess) -> None:
    sandbox.endpoints({"url": "http://127.0.0.1:9/", "secrets": ["whsec_tests"]})
    payment = open_purchase()
    sandbox.pay(str(payment.intent_id))
    run = begin_run(by=WORKER)
    assert run
    carry_out_run(run, say=lambda line: None)
    assert Payment.objects.get().completed_at
    assert ProcessedEvent.objects.exists()

    look(minutes=32)

    assert told_about_silence()
    sandbox.webhooks(False)


def test_an_event_that_came_beside_a_fetched_one_is_news() -> None:
    paid(minutes_ago=40)
    for name in ("evt_fetched", "evt_told"):
        make_event(name, "pi_1", received_at=now() - timedelta(minutes=35))
    make_run(
        mended=[line("event", "evt_fetched")],
        started_at=now() - timedelta(minutes=35),
    )

    look()
    assert not told_about_silence()
    ProcessedEvent.objects.filter(pk="evt_told").delete()
    look()

    assert told_about_silence()


def test_an_event_that_failed_here_did_arrive() -> None:
    paid(minutes_ago=40)
    make_event("evt_1", "pi_1", processed=False)

    look()

    assert told() == []
    assert not Message.objects.exists()
