"""Money of the hours between the last backup and the restore."""

from datetime import timedelta

import pytest

from orders.models import Order, OrderEvent
from payments.actions.start_payment import start_payment
from payments.models import Payment
from payments.reconcile.run import Report
from tests.factories.orders import make_order
from tests.money.books import (
    alerts,
    assert_no_drift,
    moves,
    pay,
    run_reconcile,
    states,
)
from tests.money.dashboard import refund_there
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def after_restore() -> Report:
    return run_reconcile(after_restore=True)


def lose_payment(payment: Payment) -> Order:
    """The backup is older than this attempt, and younger than its order."""
    payment.delete()
    return Order.objects.get(pk=payment.order_id)


def lose_order(payment: Payment) -> None:
    """The backup is older than both."""
    OrderEvent.objects.filter(order=payment.order).delete()
    lose_payment(payment).delete()


def test_an_order_whose_attempt_was_lost_is_paid(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    order = lose_payment(payment)

    report = after_restore()

    adopted = Payment.objects.get(order=order)
    assert [drift.about for drift in report.mended] == [payment.intent_id]
    assert states(adopted) == ("completed", "paid")
    assert adopted.intent_id == payment.intent_id
    assert moves(order) == ["paid"]
    assert alerts() == []
    assert_no_drift()


def test_a_second_run_finds_nothing(sandbox: SandboxProcess) -> None:
    lose_payment(pay(sandbox))
    after_restore()

    report = after_restore()

    assert report.mended == []
    assert report.is_clean
    assert Payment.objects.count() == 1


def test_refunds_of_the_lost_attempt_are_found_too(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    refund_there(sandbox, payment)
    order = lose_payment(payment)

    after_restore()

    assert states(Payment.objects.get(order=order)) == ("completed", "refunded")


def test_another_open_attempt_does_not_hide_it(sandbox: SandboxProcess) -> None:
    order = make_order()
    lose_payment(pay(sandbox, order))
    start_payment(order)

    after_restore()

    paid = Payment.objects.get(order=order, status="completed")
    assert states(paid) == ("completed", "paid")
    assert alerts() == ["late_money"]


def test_another_sum_than_the_orders_freezes_it(sandbox: SandboxProcess) -> None:
    order = lose_payment(pay(sandbox))
    Order.objects.filter(pk=order.pk).update(amount=order.amount + 100)

    after_restore()

    order.refresh_from_db()
    assert order.status == "pending"
    assert order.is_on_hold
    assert alerts() == ["payment_mismatch"]


def test_money_without_an_order_is_told_once(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    lose_order(payment)

    reports = [after_restore(), after_restore()]

    for report in reports:
        [(drift, why)] = report.left
        assert drift.about == payment.intent_id
        assert why == "NeedsAPerson"
    assert alerts() == ["stray_money"]


def test_once_it_is_given_back_nobody_needs_to_look(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    refund_there(sandbox, payment)
    lose_order(payment)

    report = after_restore()

    assert report.is_clean
    assert alerts() == []


def test_an_ordinary_run_does_not_look_for_it(sandbox: SandboxProcess) -> None:
    """Two shops on one test account would find each other's money."""
    lose_order(pay(sandbox))

    report = run_reconcile(window=timedelta(days=30))

    assert report.is_clean
    assert alerts() == []


def test_what_was_never_paid_is_let_be(sandbox: SandboxProcess) -> None:
    lose_order(pay(sandbox, card="4000000000000002"))

    report = after_restore()

    assert report.is_clean
