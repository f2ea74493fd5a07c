"""Money that goes back: at most what was taken, and once for each decision."""

import uuid

import pytest
from django.core import mail
from pytest_django import Settings

from lumira.outbox.models import Message
from lumira.outbox.sending import send_again
from orders.actions.assign import assign_order
from orders.models import Delivery, Order
from orders.status import OrderStatus
from payments.actions.refund import (
    RefundRefused,
    RefundRequest,
    carry_out,
    request_refund,
)
from payments.models import Payment, Refund
from tests.factories.work import make_delivered_order, make_working_expert
from tests.lumira.at_once import at_once
from tests.money.books import assert_no_drift, paid, refund, run_reconcile
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
REFUNDS = "POST /v1/refunds"
HANGS_UP = "tests.lumira.broken_mail.HangsUp"


def decision() -> RefundRequest:
    """20,00 € of the 79,00 € that the form said were left."""
    return RefundRequest(
        id=uuid.uuid4(), amount=2000, expected_refundable=7900, reason="", by="esther"
    )


def test_a_full_refund_ends_the_order(sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)

    row = refund(payment, 7900)

    payment.refresh_from_db()
    assert row.status == "succeeded"
    assert (payment.amount_refunded, payment.amount_refunding) == (7900, 0)
    assert payment.order.status == OrderStatus.REFUNDED
    assert [message.subject for message in mail.outbox][-1].startswith("Remboursement")


def test_partial_refunds_add_up_and_leave_the_order_alone(
    sandbox: SandboxProcess,
) -> None:
    payment = paid(sandbox)

    refund(payment, 2000)
    refund(payment, 2000)

    payment.refresh_from_db()
    assert Refund.objects.count() == 2
    assert payment.amount_refundable == 3900
    assert payment.order.status == OrderStatus.PAID


def test_never_more_than_was_taken(sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)
    refund(payment, 7000)

    with pytest.raises(RefundRefused):
        refund(payment, 901)

    assert Refund.objects.count() == 1


def test_a_form_sent_twice_is_one_refund(sandbox: SandboxProcess) -> None:
    payment, asked = paid(sandbox), decision()

    rows = at_once(6, lambda _: request_refund(payment, asked))

    payment.refresh_from_db()
    assert [row for row in rows if isinstance(row, Exception)] == []
    assert Refund.objects.get().pk == asked.id
    assert payment.amount_refunded == 2000
    assert len(sandbox.events(type="refund.created")) == 1


def test_two_clerks_at_once_make_one_refund(sandbox: SandboxProcess) -> None:
    """Both saw 79,00 € to refund, and both clicked."""
    payment = paid(sandbox)

    def click(_: int) -> str:
        try:
            request_refund(payment, decision())
        except RefundRefused:
            return "look again"
        return "refunded"

    outcomes = at_once(4, click)

    assert sorted(map(str, outcomes)) == ["look again"] * 3 + ["refunded"]
    assert len(sandbox.events(type="refund.created")) == 1


def test_a_lost_answer_is_found_again_and_not_refunded_twice(
    sandbox: SandboxProcess,
) -> None:
    payment = paid(sandbox)
    sandbox.fault("reset_after", route=REFUNDS, count=4)
    row = refund(payment, 7900)
    assert (row.status, row.stripe_id) == ("pending", None)

    report = run_reconcile()

    row.refresh_from_db()
    assert row.status == "succeeded"
    assert len(report.mended) >= 1
    assert len(sandbox.events(type="refund.created")) == 1
    assert_no_drift()


def test_what_stripe_refuses_can_be_refunded_again(sandbox: SandboxProcess) -> None:
    """The dashboard was faster, and there is nothing left."""
    payment = paid(sandbox)
    sandbox.control("POST", f"charges/{payment.charge_id}/refund", amount=7900)

    with pytest.raises(RefundRefused, match="déjà"):
        refund(payment, 7900)

    run_reconcile()
    payment.refresh_from_db()
    assert (payment.amount_refunded, payment.amount_refunding) == (7900, 0)
    assert Refund.objects.get(origin="dashboard").amount == 7900
    assert payment.order.status == OrderStatus.REFUNDED


def test_a_refund_that_fails_after_it_succeeded_gives_the_order_back(
    sandbox: SandboxProcess,
) -> None:
    payment = paid(sandbox, card="4000000000005126")
    payment.order.move_to(OrderStatus.PROCESSING, by="esther")
    refund(payment, 7900)
    payment.order.refresh_from_db()
    assert payment.order.status == OrderStatus.REFUNDED

    sandbox.advance(7 * 24 * 3600)
    run_reconcile()

    payment.refresh_from_db()
    payment.order.refresh_from_db()
    assert Refund.objects.get().status == "failed"
    assert payment.order.status == OrderStatus.PROCESSING
    assert payment.amount_refundable == 7900
    assert_no_drift()


def test_a_reading_kept_back_by_a_refund_leaves_when_the_refund_fails(
    sandbox: SandboxProcess, settings: Settings
) -> None:
    order = paid(sandbox, card="4000000000005126").order
    assign_order(order, to=make_working_expert(order.service), by="support")
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, HANGS_UP
    make_delivered_order(Order.objects.get(pk=order.pk))
    settings.EMAIL_BACKEND = working
    refund(Payment.objects.get(), 7900)
    send_again(Message.objects.get(topic="reading_ready").pk, by="support")
    before = Delivery.objects.get().sent_at

    sandbox.advance(7 * 24 * 3600)
    run_reconcile()

    assert before is None
    assert Delivery.objects.get().sent_at is not None
    assert [one for one in mail.outbox if "lecture" in one.subject]


def test_carrying_out_twice_is_one_refund(sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)
    row = refund(payment, 1000)

    carry_out(row)

    payment.refresh_from_db()
    assert payment.amount_refunded == 1000
    assert len(sandbox.events(type="refund.created")) == 1


def test_a_form_sent_again_after_a_refusal_is_refused_again(
    sandbox: SandboxProcess,
) -> None:
    """Stripe would do it by now; but its row here has failed, and failed for good."""
    payment, refund_id = paid(sandbox, card="4000000000005126"), uuid.uuid4()
    sandbox.control("POST", f"charges/{payment.charge_id}/refund", amount=7900)
    with pytest.raises(RefundRefused, match="déjà"):
        refund(payment, 7900, refund_id=refund_id)
    sandbox.advance(7 * 24 * 3600)  # the dashboard's refund fails: refundable again

    with pytest.raises(RefundRefused, match="déjà"):
        refund(payment, 7900, refund_id=refund_id)

    run_reconcile()
    payment.refresh_from_db()
    assert len(sandbox.events(type="refund.created")) == 1
    assert payment.amount_refundable == 7900
    assert_no_drift()
