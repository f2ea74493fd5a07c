"""Stripe does not answer, or its answer is lost: the same object, never a second."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from payments.actions.expire import expire_unpaid
from payments.actions.lost_intent import find_lost_intent
from payments.actions.start_payment import start_payment
from payments.gateway import GatewayError
from payments.models import Payment, Refund
from tests.factories.orders import make_order
from tests.money.books import (
    assert_no_drift,
    let_pass,
    letters,
    moves,
    paid,
    pay,
    refund,
    run_reconcile,
    states,
)
from tests.money.dashboard import news
from tests.payments.purchases import open_purchase
from tests.sandbox_process import SandboxProcess

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_pauses"),
]
CREATE = "POST /v1/payment_intents"
REFUND = "POST /v1/refunds"
CANCEL = "POST /v1/payment_intents/*/cancel"
A_DAY = timedelta(hours=25)
# Once is for the SDK's own repeats; five times outlasts them.
FAULTS = [
    (fault, count)
    for fault in (
        "reset_before",
        "timeout_before",
        "429",
        "503",
        "html",
        "conflict",
        "500",
        "timeout_after",
        "reset_after",
        "truncated_after",
        "500_after",
    )
    for count in (1, 5)
]


def strike(sandbox: SandboxProcess, fault: str, count: int, route: str) -> None:
    more: dict[str, Any] = {"seconds": 0.05} if fault.startswith("timeout") else {}
    sandbox.fault(fault, route=route, count=count, **more)


@pytest.mark.parametrize(("fault", "count"), FAULTS)
def test_an_order_gets_one_intent_whatever_happens_to_the_call(
    sandbox: SandboxProcess, fault: str, count: int
) -> None:
    order = make_order()
    strike(sandbox, fault, count, CREATE)

    for _submit in range(6):
        try:
            payment, intent = start_payment(order)
            break
        except GatewayError:
            assert order.payments.count() >= 1
    sandbox.pay(intent.intent_id)
    let_pass(timedelta(minutes=2))
    run_reconcile()

    [made] = news(sandbox, "payment_intent.created")
    assert made["data"]["object"]["id"] == payment.intent_id == intent.intent_id
    assert states(payment) == ("completed", "paid")
    assert order.payments.exclude(status="cancelled").count() == 1
    assert_no_drift()


@pytest.mark.parametrize(("fault", "count"), FAULTS)
def test_a_refund_is_made_once_whatever_happens_to_the_call(
    sandbox: SandboxProcess, fault: str, count: int
) -> None:
    payment = paid(sandbox)
    strike(sandbox, fault, count, REFUND)

    row = refund(payment, 2000)
    for _day in range(5):  # Stripe forgets a stored failure after one
        sandbox.advance(A_DAY.total_seconds())
        run_reconcile()
    row.refresh_from_db()

    payment.refresh_from_db()
    assert row.status == "succeeded"
    assert (payment.amount_refunded, payment.amount_refunding) == (2000, 0)
    assert len(news(sandbox, "refund.created")) == 1
    assert letters() == ["order_paid", "refunded"]
    assert_no_drift()


@pytest.mark.parametrize(("fault", "count"), FAULTS)
def test_an_expired_intent_is_cancelled_whatever_happens_to_the_call(
    sandbox: SandboxProcess, fault: str, count: int
) -> None:
    payment = open_purchase()
    let_pass(A_DAY)
    strike(sandbox, fault, count, CANCEL)

    for _day in range(6):  # Stripe forgets a stored failure after one
        run_reconcile()
        sandbox.advance(A_DAY.total_seconds())

    assert states(payment) == ("cancelled", "failed")
    assert len(news(sandbox, "payment_intent.canceled")) == 1
    assert_no_drift()


def test_a_crash_between_the_call_and_the_save_finds_the_same_intent(
    sandbox: SandboxProcess,
) -> None:
    payment = open_purchase()
    Payment.objects.update(intent_id=None)

    again, intent = start_payment(payment.order)

    assert (again.pk, intent.intent_id) == (payment.pk, payment.intent_id)
    assert len(news(sandbox, "payment_intent.created")) == 1


def test_an_intent_that_another_tab_found_is_not_given_up(
    sandbox: SandboxProcess,
) -> None:
    payment = open_purchase()
    late = Payment.objects.get(pk=payment.pk)
    late.intent_id = None  # as it read the row before the other tab wrote to it

    is_found = find_lost_intent(late)
    is_closed = late.close_without_intent()

    assert (is_found, is_closed) == (True, False)
    assert (late.intent_id, late.status) == (payment.intent_id, "pending")


def test_a_crash_between_the_call_and_the_save_is_mended_by_reconcile(
    sandbox: SandboxProcess,
) -> None:
    payment = pay(sandbox)
    Payment.objects.update(intent_id=None)
    let_pass(timedelta(minutes=2))

    report = run_reconcile()

    assert len(report.mended) == 1
    assert states(payment) == ("completed", "paid")
    assert Payment.objects.get().intent_id == payment.intent_id
    assert_no_drift()


def test_an_intent_that_was_never_remembered_is_cancelled_when_the_order_expires(
    sandbox: SandboxProcess,
) -> None:
    payment = open_purchase()
    Payment.objects.update(intent_id=None)
    # Found by Stripe's list since the payment's creation: so it cannot be younger.
    let_pass(A_DAY)
    sandbox.advance(A_DAY.total_seconds())

    expire_unpaid()

    [cancelled] = news(sandbox, "payment_intent.canceled")
    assert cancelled["data"]["object"]["id"] == payment.intent_id
    assert states(payment) == ("cancelled", "failed")


def test_a_payment_stripe_never_heard_of_is_closed_here_alone(
    sandbox: SandboxProcess,
) -> None:
    payment = open_purchase()
    sandbox.reset()
    Payment.objects.update(intent_id=None)
    let_pass(A_DAY)

    expire_unpaid()

    assert states(payment) == ("cancelled", "failed")
    assert sandbox.requests(method="POST") == []


@pytest.mark.parametrize("later", [timedelta(0), A_DAY], ids=["soon", "after a day"])
def test_a_crash_between_a_refund_and_its_save_finds_the_same_refund(
    sandbox: SandboxProcess, later: timedelta
) -> None:
    payment = paid(sandbox)
    row = refund(payment, 2000)
    stripe_id = row.stripe_id
    Refund.objects.update(stripe_id=None, status="pending")
    Payment.objects.update(amount_refunded=0, amount_refunding=2000)
    sandbox.advance(later.total_seconds())

    run_reconcile()

    row.refresh_from_db()
    payment.refresh_from_db()
    assert (row.status, row.stripe_id) == ("succeeded", stripe_id)
    assert (payment.amount_refunded, payment.amount_refunding) == (2000, 0)
    assert len(news(sandbox, "refund.created")) == 1
    assert_no_drift()


def test_news_of_a_refund_before_its_answer_is_the_same_refund(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    payment = paid(sandbox)
    sandbox.fault("before_answer", event="refund.created")
    sandbox.fault("before_answer", event="charge.refunded")

    row = refund(payment, 7900)

    sandbox.wait_until_idle()
    payment.refresh_from_db()
    assert Refund.objects.get().pk == row.pk
    assert (row.status, payment.amount_refunded) == ("succeeded", 7900)
    assert moves(payment.order) == ["paid", "refunded"]
    assert letters() == ["order_paid", "refunded"]


def test_news_of_a_cancellation_before_its_answer_is_one_cancellation(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    payment = open_purchase()
    let_pass(A_DAY)
    sandbox.fault("before_answer", event="payment_intent.canceled")

    expire_unpaid()

    sandbox.wait_until_idle()
    assert states(payment) == ("cancelled", "failed")
    assert moves(payment.order) == ["failed"]


def test_news_of_the_money_before_we_know_the_intent_settles_and_remembers_it(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    payment = open_purchase()
    Payment.objects.update(intent_id=None)

    sandbox.pay(str(payment.intent_id))

    sandbox.wait_until_idle()
    assert states(payment) == ("completed", "paid")
    assert Payment.objects.get().intent_id == payment.intent_id


def test_a_refund_that_stripe_did_not_answer_is_not_reported_as_mended(
    sandbox: SandboxProcess,
) -> None:
    payment = paid(sandbox)
    sandbox.fault("429", route=REFUND, count=2)
    refund(payment, 2000)

    first = run_reconcile()
    second = run_reconcile()

    assert (len(first.mended), len(first.left)) == (0, 1)
    assert (len(second.mended), len(second.left)) == (1, 0)
