"""Events that fail are kept with their reason, and block nobody."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from payments.models import Payment, ProcessedEvent, Refund
from tests.factories.payments import make_payment
from tests.money.books import (
    alerts,
    assert_no_drift,
    letters,
    moves,
    paid,
    pay,
    run_reconcile,
    states,
)
from tests.money.dashboard import Json, news
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import deliver, event, intent_object
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
DECLINED = "4000000000000002"
LOOK = "GET /v1/payment_intents/*"


def poison(sandbox: SandboxProcess) -> Json:
    """An event about our own payment that no code of ours can read."""
    payment = make_payment()
    unheard_of = intent_object(payment, status="teleported")
    return dict(
        sandbox.control(
            "POST", "events", type="payment_intent.succeeded", object=unheard_of
        )
    )


def failed_event(sandbox: SandboxProcess) -> tuple[Payment, str]:
    """A declined card whose news came while Stripe did not answer our question."""
    payment = open_purchase()
    sandbox.webhooks(True, max_attempts=1)
    sandbox.fault("429", route=LOOK)
    sandbox.pay(str(payment.intent_id), card=DECLINED)
    sandbox.wait_until_idle()
    [event] = news(sandbox, "payment_intent.payment_failed")
    return payment, event["id"]


def replay(*event_ids: str) -> str:
    """`manage.py replay_event`: all that it printed, and why it failed if it did."""
    told = StringIO()
    try:
        call_command("replay_event", *event_ids, stdout=told, stderr=told)
    except CommandError as failure:
        told.write(str(failure))
    return told.getvalue()


def test_a_poison_event_keeps_its_attempts_and_reason_and_blocks_no_other(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    event = poison(sandbox)
    payment = pay(sandbox)
    sandbox.wait_until_idle()
    for _repeat in range(2):
        sandbox.advance(60)
        sandbox.wait_until_idle()

    row = ProcessedEvent.objects.get(pk=event["id"])
    tried = sandbox.deliveries(event=event["id"])[0]["attempts"]
    assert states(payment) == ("completed", "paid")
    assert (row.processed, row.outcome, row.last_error) == (False, "", "KeyError")
    assert row.attempts == len(tried) >= 3
    assert {attempt["status"] for attempt in tried} == {500}
    assert row.object_id == event["data"]["object"]["id"]


def test_an_effect_that_fails_halfway_leaves_no_effect_and_no_mark(
    client: Client, sandbox: SandboxProcess
) -> None:
    """The refund is more than a database can hold: the payment is touched first."""
    payment = paid(sandbox)
    before = Payment.objects.values().get()
    about = {
        "id": "re_1",
        "payment_intent": payment.intent_id,
        "status": "succeeded",
        "amount": 2**70,
        "currency": "eur",
        "created": 1_800_000_000,
    }

    answer = deliver(client, event("refund.updated", about))

    row = ProcessedEvent.objects.get()
    assert answer.status_code == 500
    assert (row.processed, row.processed_at, row.attempts) == (False, None, 1)
    assert row.last_error
    assert Payment.objects.values().get() == before
    assert not Refund.objects.exists()


def test_a_poison_event_does_not_stop_reconcile(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    sandbox.webhooks(False)
    event = poison(sandbox)
    payment = pay(sandbox)

    report = run_reconcile()

    left = {drift.about: why for drift, why in report.left}
    assert left == {event["id"]: "KeyError"}
    assert states(payment) == ("completed", "paid")


def test_an_event_that_failed_is_sent_again_by_stripe_and_then_done(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    payment = open_purchase()
    sandbox.fault("429", route=LOOK, count=2)
    sandbox.pay(str(payment.intent_id), card=DECLINED)
    sandbox.wait_until_idle()

    for _repeat in range(2):
        sandbox.advance(60)
        sandbox.wait_until_idle()

    [event] = news(sandbox, "payment_intent.payment_failed")
    row = ProcessedEvent.objects.get(pk=event["id"])
    assert (row.processed, row.attempts, row.last_error) == (True, 3, "")
    assert states(payment) == ("failed", "failed")


def test_replay_acts_on_an_event_that_failed(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    payment, event_id = failed_event(sandbox)
    before = states(payment)

    told = replay(event_id)

    row = ProcessedEvent.objects.get(pk=event_id)
    assert told == f"{event_id}: processed\n"
    assert (before, states(payment)) == (("pending", "pending"), ("failed", "failed"))
    assert (row.processed, row.attempts, row.last_error) == (True, 2, "")


def test_replay_of_what_was_done_changes_nothing(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    payment = pay(sandbox)
    sandbox.wait_until_idle()
    [event] = news(sandbox, "payment_intent.succeeded")

    told = replay(event["id"])

    assert told == f"{event['id']}: was processed before\n"
    assert moves(payment.order) == ["paid"]
    assert letters() == ["order_paid"]


def test_replay_of_what_never_arrived_acts(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    [event] = news(sandbox, "payment_intent.succeeded")

    told = replay(event["id"])

    assert told == f"{event['id']}: processed\n"
    assert states(payment) == ("completed", "paid")


def test_replay_says_which_of_several_failed_and_does_the_rest(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    payment, good = failed_event(sandbox)
    bad = poison(sandbox)["id"]
    sandbox.wait_until_idle()
    tried = ProcessedEvent.objects.get(pk=bad).attempts

    told = replay("evt_unknown", bad, good)

    assert told.splitlines() == [
        "evt_unknown: Stripe does not give it (resource_missing)",
        f"{bad}: failed again (KeyError)",
        f"{good}: processed",
        "2 of 3 failed.",
    ]
    assert states(payment) == ("failed", "failed")
    assert ProcessedEvent.objects.get(pk=bad).attempts == tried + 1


def test_reconcile_takes_up_what_failed_and_stripe_no_longer_sends(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    payment, event_id = failed_event(sandbox)
    [delivery] = sandbox.deliveries(event=event_id)

    report = run_reconcile()

    assert delivery["state"] == "failed"
    assert event_id in {drift.about for drift in report.mended}
    assert states(payment) == ("failed", "failed")
    assert alerts() == []
    assert_no_drift()
