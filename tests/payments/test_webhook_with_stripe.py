"""Events that make us look at Stripe, and what happens when that fails."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from orders.models import OrderEvent
from payments.actions.start_payment import start_payment
from payments.models import Payment, ProcessedEvent
from tests.lumira.at_once import at_once
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import (
    canceled,
    deliver,
    event,
    intent_object,
    succeeded,
)
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
DECLINED, NEEDS_3DS = "4000000000000002", "4000002760003184"
LOOK = "GET /v1/payment_intents/*"


@pytest.fixture
def payment(sandbox: SandboxProcess) -> Payment:
    return open_purchase()


def states(payment: Payment) -> tuple[str, str]:
    fresh = Payment.objects.select_related("order").get(pk=payment.pk)
    return fresh.status, fresh.order.status


def happened(sandbox: SandboxProcess, kind: str) -> dict[str, object]:
    [found] = sandbox.events(type=f"payment_intent.{kind}")
    return found


def looks(sandbox: SandboxProcess) -> int:
    return sum(call["method"] == "GET" for call in sandbox.requests())


def test_a_declined_card_is_looked_up_and_fails_the_attempt(
    client: Client, sandbox: SandboxProcess, payment: Payment
) -> None:
    sandbox.pay(str(payment.intent_id), card=DECLINED)

    answer = deliver(client, happened(sandbox, "payment_failed"))

    payment.refresh_from_db()
    assert answer.json() == {"received": True}
    assert states(payment) == ("failed", "failed")
    assert payment.decline_code == "generic_decline"
    assert looks(sandbox) == 1


def test_old_news_of_a_decline_does_not_hide_that_it_was_paid_since(
    client: Client, sandbox: SandboxProcess, payment: Payment
) -> None:
    sandbox.pay(str(payment.intent_id), card=DECLINED)
    sandbox.pay(str(payment.intent_id))

    deliver(client, happened(sandbox, "payment_failed"))

    assert states(payment) == ("completed", "paid")


def test_a_conclusive_fact_needs_no_look(
    client: Client, sandbox: SandboxProcess, payment: Payment
) -> None:
    sandbox.pay(str(payment.intent_id))

    deliver(client, happened(sandbox, "succeeded"))

    assert states(payment) == ("completed", "paid")
    assert looks(sandbox) == 0


def test_another_products_events_cost_no_look(
    client: Client, sandbox: SandboxProcess, payment: Payment
) -> None:
    foreign = intent_object(payment, id="pi_foreign", metadata={}, status="processing")

    deliver(client, event("payment_intent.processing", foreign))

    assert looks(sandbox) == 0


def test_a_failure_is_a_500_with_its_ledger_row_and_the_repeat_works(
    client: Client, sandbox: SandboxProcess, payment: Payment
) -> None:
    sandbox.pay(str(payment.intent_id), card=DECLINED)
    sandbox.fault("429", route=LOOK, count=2)
    news = happened(sandbox, "payment_failed")

    answers = [deliver(client, news)]
    row = ProcessedEvent.objects.get()
    after_one = (row.processed, row.processed_at, row.attempts, row.last_error)
    answers += [deliver(client, news) for _ in range(3)]

    row.refresh_from_db()
    assert [answer.status_code for answer in answers] == [500, 500, 200, 200]
    assert after_one == (False, None, 1, "GatewayUnavailable")
    assert (row.processed, row.attempts, row.last_error) == (True, 3, "")
    assert (row.outcome, states(payment)) == ("applied", ("failed", "failed"))
    assert answers[2].json() == {"received": True}
    assert answers[3].json() == {"received": True, "duplicate": True}


def test_a_failed_event_changed_nothing_and_blocks_no_other(
    client: Client, sandbox: SandboxProcess, payment: Payment
) -> None:
    sandbox.pay(str(payment.intent_id), card=DECLINED)
    sandbox.fault("429", route=LOOK, count=9)
    deliver(client, happened(sandbox, "payment_failed"))
    after_failure = states(payment)

    sandbox.pay(str(payment.intent_id))
    deliver(client, happened(sandbox, "succeeded"))

    assert after_failure == ("pending", "pending")
    assert states(payment) == ("completed", "paid")


def test_a_failure_keeps_no_secret_in_the_ledger_or_the_log(
    client: Client,
    sandbox: SandboxProcess,
    payment: Payment,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox.pay(str(payment.intent_id), card=DECLINED)
    sandbox.fault("429", route=LOOK)

    answer = deliver(client, happened(sandbox, "payment_failed"))

    told = caplog.text + answer.content.decode() + repr(ProcessedEvent.objects.values())
    for secret in ("_secret_", "sk_test", "alice", "Camille"):
        assert secret not in told


def test_twenty_deliveries_of_one_event_at_once_are_one_effect_and_one_mail(
    sandbox: SandboxProcess, payment: Payment, mailoutbox: list[EmailMessage]
) -> None:
    sandbox.pay(str(payment.intent_id))
    news = happened(sandbox, "succeeded")

    answers = at_once(20, lambda _: deliver(Client(), news).json())

    fresh = [answer for answer in answers if answer == {"received": True}]
    assert len(fresh) == 1
    assert answers.count({"received": True, "duplicate": True}) == 19
    assert states(payment) == ("completed", "paid")
    assert OrderEvent.objects.filter(after="paid").count() == 1
    assert ProcessedEvent.objects.get().attempts == 1
    assert len(mailoutbox) == 1


def test_twenty_events_for_one_change_at_once_are_one_effect_and_one_mail(
    payment: Payment, mailoutbox: list[EmailMessage]
) -> None:
    answers = at_once(20, lambda _: deliver(Client(), succeeded(payment)).status_code)

    assert answers == [200] * 20
    assert OrderEvent.objects.filter(after="paid").count() == 1
    assert ProcessedEvent.objects.filter(processed=True).count() == 20
    assert len(mailoutbox) == 1


def test_paid_against_failed_at_once_ends_paid(
    sandbox: SandboxProcess, payment: Payment, mailoutbox: list[EmailMessage]
) -> None:
    sandbox.pay(str(payment.intent_id), card=DECLINED)
    sandbox.pay(str(payment.intent_id), card=NEEDS_3DS)
    news = [
        happened(sandbox, kind)
        for kind in ("payment_failed", "requires_action", "succeeded")
    ]

    answers = at_once(12, lambda n: deliver(Client(), news[n % 3]).status_code)

    assert answers == [200] * 12
    assert states(payment) == ("completed", "paid")
    assert OrderEvent.objects.filter(after="paid").count() == 1
    assert len(mailoutbox) == 1


def test_the_attempt_that_late_money_leaves_open_is_closed_at_stripe(
    client: Client, sandbox: SandboxProcess, payment: Payment
) -> None:
    deliver(client, canceled(payment))
    younger, _intent = start_payment(payment.order)

    deliver(client, succeeded(payment))

    younger.refresh_from_db()
    [cancellation] = sandbox.events(type="payment_intent.canceled")
    assert states(payment) == ("completed", "paid")
    assert younger.status == "cancelled"
    assert cancellation["data"]["object"]["id"] == younger.intent_id


def test_without_stripe_a_conclusive_event_still_settles(
    client: Client, sandbox: SandboxProcess, payment: Payment, settings: Settings
) -> None:
    sandbox.pay(str(payment.intent_id))
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    deliver(client, happened(sandbox, "succeeded"))

    assert states(payment) == ("completed", "paid")
