"""A bank contests a payment, or warns of fraud: nothing is delivered meanwhile."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from pytest_django.live_server_helper import LiveServer

from lumira.outbox.models import Message
from orders.models import OrderHold
from orders.status import OrderOnHold, OrderStatus
from payments.actions.disputes import apply_dispute, remind_of_deadlines
from payments.actions.refund import RefundRefused
from payments.gateway import DisputeSnapshot, gateway
from payments.models import Dispute, FraudWarning, Payment, Refund
from payments.status import DisputeStatus
from tests.money.books import alerts, assert_no_drift, moves, paid, refund
from tests.money.dashboard import contest, decide, news, warn
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def payment(shop: LiveServer, sandbox: SandboxProcess) -> Payment:
    return paid(sandbox)


def dispute_rows() -> tuple[object, ...]:
    """All that a dispute is here."""
    return (
        list(Dispute.objects.values()),
        list(OrderHold.objects.values()),
        alerts(),
    )


def is_frozen(payment: Payment) -> bool:
    try:
        payment.order.move_to(OrderStatus.PROCESSING, by="esther")
    except OrderOnHold:
        return True
    return False


def test_a_dispute_is_stored_freezes_the_work_and_alerts_once_with_its_deadline(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    contest(sandbox, payment, reason="product_not_received")

    sandbox.wait_until_idle()
    dispute = Dispute.objects.get()
    assert dispute.due_by is not None
    assert (dispute.status, dispute.amount) == ("needs_response", 7900)
    assert (dispute.reason, dispute.payment_id) == ("product_not_received", payment.pk)
    assert dispute.funds_withdrawn
    assert is_frozen(payment)
    assert moves(payment.order) == ["paid"]
    assert alerts() == ["dispute_needs_response"]
    assert_no_drift()


def test_the_alert_names_the_deadline(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    contest(sandbox, payment)

    sandbox.wait_until_idle()
    hold = OrderHold.objects.get()
    dispute = Dispute.objects.get()
    told = Message.objects.get(topic="alert").payload
    assert told["due_by"] == f"{dispute.due_by:%Y-%m-%d %H:%M}"
    assert told["about"] == hold.about == dispute.stripe_id


def test_somebody_is_reminded_once_two_days_before_the_deadline(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    contest(sandbox, payment)
    sandbox.wait_until_idle()

    early = remind_of_deadlines()
    Dispute.objects.update(due_by=now() + timedelta(hours=47))
    in_time = [remind_of_deadlines() for _run in range(3)]

    assert (early, in_time) == (0, [1, 1, 1])
    assert alerts() == ["dispute_due", "dispute_needs_response"]


def test_nobody_is_reminded_of_what_is_answered(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    dispute_id = contest(sandbox, payment)["id"]
    decide(sandbox, dispute_id, "under_review")
    sandbox.wait_until_idle()
    Dispute.objects.update(due_by=now() + timedelta(hours=1))

    assert remind_of_deadlines() == 0


def test_what_is_disputed_is_not_refunded_too(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    contest(sandbox, payment)
    sandbox.wait_until_idle()

    with pytest.raises(RefundRefused, match="conteste"):
        refund(payment, 7900)

    assert Refund.objects.count() == 0
    assert news(sandbox, "refund.created") == []


def test_a_dispute_we_have_not_heard_of_is_refused_by_stripe(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    sandbox.webhooks(False)
    contest(sandbox, payment)

    with pytest.raises(RefundRefused, match="conteste"):
        refund(payment, 7900)

    payment.refresh_from_db()
    assert Refund.objects.get().status == "failed"
    assert payment.amount_refundable == 7900


def test_an_inquiry_can_still_be_refunded(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    contest(sandbox, payment, inquiry=True)
    sandbox.wait_until_idle()

    row = refund(payment, 7900)

    dispute = Dispute.objects.get()
    assert row.status == "succeeded"
    assert (dispute.status, dispute.funds_withdrawn) == (
        "warning_needs_response",
        False,
    )


@pytest.mark.parametrize("status", ["won", "prevented", "warning_closed"])
def test_a_dispute_that_ends_well_lets_the_order_go_on(
    sandbox: SandboxProcess, payment: Payment, status: str
) -> None:
    is_inquiry = status == "warning_closed"
    dispute_id = contest(sandbox, payment, inquiry=is_inquiry)["id"]
    sandbox.wait_until_idle()
    was_frozen = is_frozen(payment)

    decide(sandbox, dispute_id, status)

    sandbox.wait_until_idle()
    dispute = Dispute.objects.get()
    assert was_frozen
    assert not is_frozen(payment)
    assert (dispute.status, dispute.funds_withdrawn) == (status, False)
    assert OrderHold.objects.get().released_at is not None
    assert_no_drift()


def test_a_lost_dispute_keeps_the_order_frozen(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    dispute_id = contest(sandbox, payment)["id"]
    sandbox.wait_until_idle()

    decide(sandbox, dispute_id, "lost")

    sandbox.wait_until_idle()
    dispute = Dispute.objects.get()
    assert (dispute.status, dispute.funds_withdrawn) == ("lost", True)
    assert is_frozen(payment)
    assert "dispute_lost" in alerts()
    with pytest.raises(RefundRefused, match="conteste"):
        refund(payment, 7900)
    assert_no_drift()


@pytest.mark.parametrize("end", ["won", "lost"])
def test_old_news_after_the_end_changes_nothing(
    sandbox: SandboxProcess, payment: Payment, end: str
) -> None:
    dispute_id = contest(sandbox, payment)["id"]
    sandbox.wait_until_idle()
    old = gateway().fetch_dispute(dispute_id)
    decide(sandbox, dispute_id, end)
    sandbox.wait_until_idle()
    before = dispute_rows()

    changed = apply_dispute(payment, old, by="stripe")

    after = dispute_rows()
    assert not changed
    assert after == before


def test_all_events_of_a_dispute_again_change_nothing(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    dispute_id = contest(sandbox, payment)["id"]
    sandbox.wait_until_idle()
    decide(sandbox, dispute_id, "won")
    sandbox.wait_until_idle()
    before = dispute_rows()

    for event in reversed(news(sandbox)):
        if event["type"].startswith("charge.dispute."):
            sandbox.control("POST", "events", type=event["type"], **event["data"])

    sandbox.wait_until_idle()
    after = dispute_rows()
    assert after == before


def test_a_fraud_warning_is_stored_freezes_and_alerts_once(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    warning = warn(sandbox, payment)
    sandbox.wait_until_idle()
    sandbox.control("POST", f"deliveries/{news(sandbox)[-1]['id']}/resend")

    sandbox.wait_until_idle()
    row = FraudWarning.objects.get()
    assert (row.stripe_id, row.fraud_type) == (warning["id"], "made_with_stolen_card")
    assert row.actionable
    assert is_frozen(payment)
    assert alerts() == ["fraud_warning"]
    assert_no_drift()


def test_after_a_warning_the_order_can_be_refunded(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    warn(sandbox, payment)
    sandbox.wait_until_idle()

    refund(payment, 7900)

    payment.order.refresh_from_db()
    assert payment.order.status == OrderStatus.REFUNDED


def test_two_causes_freeze_until_both_are_gone(
    sandbox: SandboxProcess, payment: Payment
) -> None:
    warn(sandbox, payment)
    dispute_id = contest(sandbox, payment)["id"]

    decide(sandbox, dispute_id, "won")

    sandbox.wait_until_idle()
    assert OrderHold.objects.filter(released_at=None).count() == 1
    assert is_frozen(payment)


def test_a_dispute_that_comes_back_freezes_again(payment: Payment) -> None:
    """Won, and then appealed: the release of the first round does not count."""
    rounds = [
        DisputeStatus.NEEDS_RESPONSE,
        DisputeStatus.WON,
        DisputeStatus.APPEAL_NEEDS_RESPONSE,
        DisputeStatus.WON,
    ]

    frozen = []
    for status in rounds:
        snapshot = DisputeSnapshot(
            dispute_id="dp_1",
            intent_id=str(payment.intent_id),
            status=status,
            amount=7900,
            currency="eur",
            reason="fraudulent",
            created_at=now(),
            due_by=None,
            funds_withdrawn=False,
        )
        apply_dispute(payment, snapshot, by="stripe")
        payment.order.refresh_from_db()
        frozen.append(payment.order.is_on_hold)

    assert frozen == [True, False, True, False]
