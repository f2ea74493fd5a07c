"""Nobody told us for a while: one reconcile, and our books are Stripe's again."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from orders.status import OrderStatus
from payments.actions.start_payment import start_payment
from payments.models import Dispute, FraudWarning, Payment, ProcessedEvent, Refund
from tests.factories.orders import make_order
from tests.lumira.table_contents import table_contents
from tests.money.books import (
    alerts,
    assert_no_drift,
    let_pass,
    letters,
    moves,
    pay,
    run_reconcile,
    states,
)
from tests.money.dashboard import contest, decide, refund_there, warn
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


def bad_night(sandbox: SandboxProcess) -> list[Payment]:
    """Five customers, and a bank, and somebody at Stripe's dashboard."""
    kept, back, contested, suspect = (pay(sandbox) for _ in range(4))
    declined, intent = start_payment(make_order())
    sandbox.pay(intent.intent_id, card="4000000000000002")
    refund_there(sandbox, back, amount=3000)
    refund_there(sandbox, back)
    contest(sandbox, contested)
    warn(sandbox, suspect)
    let_pass(timedelta(minutes=2))
    return [kept, back, contested, suspect, declined]


def command(*args: str) -> tuple[int, str]:
    """`manage.py reconcile`: its exit code and all that it printed."""
    told = StringIO()
    try:
        call_command("reconcile", *args, stdout=told, stderr=told)
    except SystemExit as end:
        return int(end.code or 0), told.getvalue()
    return 0, told.getvalue()


def books() -> dict[str, list[tuple[Any, ...]]]:
    """All that the database holds, but for the list of the runs themselves."""
    rows = table_contents()
    del rows["payments.ReconcileRun"]
    return rows


def assert_all_is_known(payments: list[Payment]) -> None:
    kept, back, contested, suspect, declined = payments
    for payment in payments:
        payment.refresh_from_db()
        payment.order.refresh_from_db()
    assert states(kept) == states(suspect) == states(contested) == ("completed", "paid")
    assert states(back) == ("completed", "refunded")
    assert states(declined) == ("failed", "failed")
    assert back.amount_refunded == 7900
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [3000, 4900]
    assert Dispute.objects.get().payment == contested
    assert FraudWarning.objects.get().payment == suspect
    assert contested.order.is_on_hold
    assert suspect.order.is_on_hold
    assert not kept.order.is_on_hold
    assert moves(back.order) == ["paid", "refunded"]
    assert alerts() == ["dispute_needs_response", "fraud_warning"]
    assert letters() == ["order_paid"] * 4 + ["refunded"] * 2


def test_an_endpoint_that_was_down_one_reconcile_and_no_drift(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    sandbox.webhooks(False)
    payments = bad_night(sandbox)

    report = run_reconcile()

    assert report.is_clean
    assert_all_is_known(payments)
    assert_no_drift()


def test_what_comes_after_all_when_the_endpoint_is_up_changes_nothing(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    sandbox.webhooks(False)
    payments = bad_night(sandbox)
    run_reconcile()

    sandbox.webhooks(True, send_held=True)

    sandbox.wait_until_idle(30)
    assert_all_is_known(payments)
    assert not ProcessedEvent.objects.filter(processed=False).exists()
    assert_no_drift()


def test_events_that_stripe_never_sent_are_not_needed(sandbox: SandboxProcess) -> None:
    """No endpoint at all: only Stripe's objects tell."""
    payments = bad_night(sandbox)

    report = run_reconcile()

    assert report.is_clean
    assert_all_is_known(payments)
    assert ProcessedEvent.objects.count() == 0
    assert_no_drift()


def test_what_happened_to_known_refunds_and_disputes_is_seen(
    sandbox: SandboxProcess,
) -> None:
    payment = pay(sandbox, card="4000000000005126")
    contested = pay(sandbox)
    refund_there(sandbox, payment)
    dispute_id = contest(sandbox, contested)["id"]
    let_pass(timedelta(minutes=2))
    run_reconcile()
    sandbox.advance(3600)  # the refund fails after all
    decide(sandbox, dispute_id, "won")

    report = run_reconcile()

    contested.order.refresh_from_db()
    assert report.is_clean
    assert Refund.objects.get().status == "failed"
    assert states(payment) == ("completed", "paid")
    assert Dispute.objects.get().status == "won"
    assert not contested.order.is_on_hold
    assert_no_drift()


def test_a_second_run_finds_nothing(sandbox: SandboxProcess) -> None:
    bad_night(sandbox)
    run_reconcile()
    before = table_contents()

    report = run_reconcile()

    assert (report.mended, report.left, report.problems) == ([], [], [])
    assert table_contents() == before


def test_a_dry_run_says_what_it_found_changes_nothing_and_exits_with_1(
    shop: LiveServer, sandbox: SandboxProcess
) -> None:
    sandbox.webhooks(False)
    kept, *_others = bad_night(sandbox)
    before = books()

    code, told = command("--dry-run")

    assert code == 1
    assert books() == before
    assert (
        f"found   payment {kept.intent_id} (order {kept.order_number}): "
        "ours pending/requires_payment_method, Stripe's succeeded"
    ) in told.splitlines()
    assert told.splitlines()[-1].startswith("0 mended, ")


def test_a_run_that_mends_all_says_so_and_exits_with_0(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    let_pass(timedelta(minutes=2))

    code, told = command()

    assert code == 0
    assert told.splitlines() == [
        f"mended  payment {payment.intent_id} (order {payment.order_number}): "
        "ours pending/requires_payment_method, Stripe's succeeded",
        "1 mended, 0 left, 0 unpaid orders closed",
    ]


def test_a_dry_run_without_drift_exits_with_0(sandbox: SandboxProcess) -> None:
    pay(sandbox)
    let_pass(timedelta(minutes=2))
    command()

    assert command("--dry-run") == (0, "0 mended, 0 left, 0 unpaid orders closed\n")


def test_what_a_person_must_decide_is_left_and_exits_with_1(
    sandbox: SandboxProcess,
) -> None:
    payment = pay(sandbox)
    Payment.objects.update(amount=100)  # our books say another price than Stripe
    let_pass(timedelta(minutes=2))

    code, told = command()

    payment.order.refresh_from_db()
    assert code == 1
    assert f"left    payment {payment.intent_id}" in told
    assert "0 mended, 1 left" in told
    assert payment.order.is_on_hold
    assert payment.order.status == OrderStatus.PENDING
    assert alerts() == ["payment_mismatch"]


def test_sums_that_do_not_add_up_are_shown_and_never_touched(
    sandbox: SandboxProcess,
) -> None:
    payment = pay(sandbox)
    refund_there(sandbox, payment, amount=1000)
    let_pass(timedelta(minutes=2))
    command()
    Payment.objects.update(amount_refunded=900)

    code, told = command()

    payment.refresh_from_db()
    assert code == 1
    assert "left    sums" in told
    assert payment.amount_refunded == 900


def test_a_stripe_that_does_not_answer_is_a_problem_not_a_crash(
    sandbox: SandboxProcess, settings: Settings, no_pauses: None
) -> None:
    pay(sandbox)
    let_pass(timedelta(minutes=2))
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    code, told = command()

    assert code == 1
    assert "problem APIConnectionError" in told


def test_one_row_that_cannot_be_mended_hides_no_other(sandbox: SandboxProcess) -> None:
    wrong, right = pay(sandbox), pay(sandbox)
    Payment.objects.filter(pk=wrong.pk).update(currency="usd")
    let_pass(timedelta(minutes=2))

    report = run_reconcile()

    assert (len(report.mended), len(report.left)) == (1, 1)
    assert states(right) == ("completed", "paid")
    assert states(wrong) == ("pending", "pending")
