"""Orders that nobody paid in a day, and money that comes all the same."""

from datetime import timedelta

import pytest
from django.test import Client

from payments.actions.expire import expire_unpaid
from payments.actions.start_payment import AlreadyPaid, start_payment
from payments.models import Payment
from tests.factories.orders import make_order
from tests.money.books import (
    alerts,
    assert_no_drift,
    let_pass,
    letters,
    moves,
    paid,
    pay,
    run_reconcile,
    states,
)
from tests.money.dashboard import news, settle_debit, switch_on_debits
from tests.payments.purchases import open_purchase
from tests.payments.signed_events import deliver, succeeded
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
A_DAY = timedelta(hours=24, minutes=1)


def test_an_order_unpaid_for_a_day_is_closed_at_stripe_and_here(
    sandbox: SandboxProcess,
) -> None:
    payment = open_purchase()
    let_pass(A_DAY)

    closed, _problems = expire_unpaid()

    [event] = news(sandbox, "payment_intent.canceled")
    assert closed == 1
    assert event["data"]["object"]["cancellation_reason"] == "abandoned"
    assert states(payment) == ("cancelled", "failed")
    assert_no_drift()


def test_an_order_of_a_few_hours_waits(sandbox: SandboxProcess) -> None:
    payment = open_purchase()
    let_pass(timedelta(hours=23, minutes=59))

    closed, _problems = expire_unpaid()

    assert closed == 0
    assert states(payment) == ("pending", "pending")


def test_expiring_twice_is_expiring_once(sandbox: SandboxProcess) -> None:
    payment = open_purchase()
    let_pass(A_DAY)

    assert [expire_unpaid(), expire_unpaid()] == [(1, []), (0, [])]

    assert moves(payment.order) == ["failed"]
    assert len(news(sandbox, "payment_intent.canceled")) == 1


def test_an_order_that_never_got_a_payment_is_closed_too(
    sandbox: SandboxProcess,
) -> None:
    order = make_order()
    let_pass(A_DAY)

    closed, _problems = expire_unpaid()

    order.refresh_from_db()
    assert (closed, order.status) == (1, "failed")


def test_a_declined_attempt_expires_like_any_other(sandbox: SandboxProcess) -> None:
    payment = paid(sandbox, card="4000000000000002")
    let_pass(A_DAY)

    expire_unpaid()

    assert states(payment) == ("cancelled", "failed")


def test_who_comes_back_gets_a_new_intent_and_can_pay(sandbox: SandboxProcess) -> None:
    expired = open_purchase()
    let_pass(A_DAY)
    expire_unpaid()

    again = paid(sandbox, expired.order)

    assert again.intent_id != expired.intent_id
    assert states(again) == ("completed", "paid")
    assert states(expired) == ("cancelled", "paid")
    assert alerts() == []
    assert_no_drift()


def test_what_the_bank_is_at_waits_for_the_bank(sandbox: SandboxProcess) -> None:
    switch_on_debits(sandbox)
    payment = paid(sandbox, type="sepa_debit", iban="FR3020041010050500013M02609")
    let_pass(A_DAY)

    closed, _problems = expire_unpaid()

    assert closed == 0
    assert states(payment) == ("processing", "pending")
    settle_debit(sandbox, payment, "succeed")
    run_reconcile()
    assert states(payment) == ("completed", "paid")


def test_who_pays_at_the_last_moment_has_paid(sandbox: SandboxProcess) -> None:
    """Stripe refuses to cancel: nobody had told us, and nobody lost anything."""
    payment = pay(sandbox)
    let_pass(A_DAY)

    closed, _problems = expire_unpaid()

    assert closed == 0
    assert states(payment) == ("completed", "paid")
    assert letters() == ["order_paid"]


def test_one_payment_that_cannot_be_closed_does_not_keep_the_others_open(
    sandbox: SandboxProcess,
) -> None:
    payments = [open_purchase(), open_purchase()]
    never_opened = make_order()
    let_pass(A_DAY)
    sandbox.fault("429", route="POST /v1/payment_intents/*/cancel")

    report = run_reconcile()

    never_opened.refresh_from_db()
    assert sorted(map(states, payments)) == [
        ("cancelled", "failed"),
        ("pending", "pending"),
    ]
    assert never_opened.status == "failed"
    assert report.expired == 2
    assert len(report.problems) == 1


def test_a_payment_stripe_does_not_know_is_closed_with_an_alert(
    sandbox: SandboxProcess,
) -> None:
    payment = open_purchase()
    Payment.objects.update(intent_id="pi_of_another_account")
    let_pass(A_DAY)

    run_reconcile()

    assert states(payment) == ("cancelled", "failed")
    assert alerts() == ["unknown_intent"]


def test_late_money_on_an_expired_attempt_settles_and_alerts(
    client: Client, sandbox: SandboxProcess
) -> None:
    payment = open_purchase()
    let_pass(A_DAY)
    expire_unpaid()

    deliver(client, succeeded(payment))

    assert states(payment) == ("completed", "paid")
    assert alerts() == ["late_money"]
    assert letters() == ["order_paid"]


def test_late_money_closes_the_younger_attempt_at_stripe(
    client: Client, sandbox: SandboxProcess
) -> None:
    old = open_purchase()
    let_pass(A_DAY)
    expire_unpaid()
    younger, _intent = start_payment(old.order)

    deliver(client, succeeded(old))

    cancelled = {
        event["data"]["object"]["id"]
        for event in news(sandbox, "payment_intent.canceled")
    }
    assert younger.intent_id in cancelled
    assert states(younger) == ("cancelled", "paid")
    with pytest.raises(AlreadyPaid):
        start_payment(old.order)


def test_an_order_paid_twice_alerts_and_keeps_both_payments(
    client: Client, sandbox: SandboxProcess
) -> None:
    """The customer paid the new attempt, and then the old one's money came."""
    old = open_purchase()
    let_pass(A_DAY)
    expire_unpaid()
    younger = paid(sandbox, old.order)

    deliver(client, succeeded(old))

    assert states(old) == ("completed", "paid")
    assert states(younger) == ("completed", "paid")
    assert alerts() == ["paid_twice"]
    assert moves(old.order) == ["failed", "paid"]
    assert letters() == ["order_paid"]
