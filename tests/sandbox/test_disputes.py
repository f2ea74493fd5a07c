"""Disputes: opened by a bank, answered or not, won or lost."""

from typing import Any

import pytest
import stripe

from tests.sandbox.making import Api, make_paid_intent
from tests.sandbox_process import SandboxProcess

DAY_S = 24 * 3600


def open_dispute(api: Api, sandbox: SandboxProcess, **how: Any) -> Any:
    intent = make_paid_intent(api)
    made = sandbox.control("POST", f"charges/{intent.latest_charge}/dispute", **how)
    return api.disputes.retrieve(made["id"])


def types_of(sandbox: SandboxProcess) -> list[str]:
    types = [event["type"] for event in sandbox.events()]
    return [name for name in types if name.startswith("charge.dispute")]


def test_a_dispute_takes_the_money_and_a_fee(api: Api, sandbox: SandboxProcess) -> None:
    dispute = open_dispute(api, sandbox)

    [moved] = dispute.balance_transactions
    assert dispute.status == "needs_response"
    assert dispute.amount == 7900
    assert (moved.amount, moved.fee) == (-7900, 2000)
    assert dispute.evidence_details.due_by > dispute.created
    assert dispute.is_charge_refundable is False
    assert api.charges.retrieve(dispute.charge).disputed is True
    assert types_of(sandbox) == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
    ]


def test_evidence_may_be_collected_before_it_is_handed_in(
    api: Api, sandbox: SandboxProcess
) -> None:
    dispute = open_dispute(api, sandbox)

    kept = api.disputes.update(
        dispute.id, {"evidence": {"customer_name": "Alice"}, "submit": False}
    )
    handed_in = api.disputes.update(dispute.id, {"submit": True})

    assert kept.status == "needs_response"
    assert kept.evidence_details.has_evidence is True
    assert kept.evidence_details.submission_count == 0
    assert handed_in.status == "under_review"
    assert handed_in.evidence.customer_name == "Alice"
    assert handed_in.evidence_details.submission_count == 1


@pytest.mark.parametrize(
    ("evidence", "status"), [("winning_evidence", "won"), ("losing_evidence", "lost")]
)
def test_the_evidence_of_a_test_decides(
    api: Api, sandbox: SandboxProcess, evidence: str, status: str
) -> None:
    dispute = open_dispute(api, sandbox)

    api.disputes.update(dispute.id, {"evidence": {"uncategorized_text": evidence}})
    sandbox.advance(60)

    decided = api.disputes.retrieve(dispute.id)
    back = sum(moved.amount for moved in decided.balance_transactions)
    assert decided.status == status
    assert back == (0 if status == "won" else -7900)
    assert ("charge.dispute.funds_reinstated" in types_of(sandbox)) == (status == "won")
    assert "charge.dispute.closed" in types_of(sandbox)


def test_giving_up_loses(api: Api, sandbox: SandboxProcess) -> None:
    dispute = open_dispute(api, sandbox)

    closed = api.disputes.close(dispute.id)

    assert closed.status == "lost"
    assert types_of(sandbox)[-1] == "charge.dispute.closed"


def test_a_closed_dispute_stays_closed(api: Api, sandbox: SandboxProcess) -> None:
    dispute = api.disputes.close(open_dispute(api, sandbox).id)

    with pytest.raises(stripe.InvalidRequestError):
        api.disputes.close(dispute.id)
    with pytest.raises(stripe.InvalidRequestError):
        api.disputes.update(dispute.id, {"evidence": {"customer_name": "A"}})


def test_a_dispute_nobody_answers_is_lost(api: Api, sandbox: SandboxProcess) -> None:
    dispute = open_dispute(api, sandbox)

    sandbox.advance(8 * DAY_S)

    lost = api.disputes.retrieve(dispute.id)
    assert lost.status == "lost"
    assert lost.evidence_details.past_due is True


def test_an_inquiry_takes_nothing_and_lapses(api: Api, sandbox: SandboxProcess) -> None:
    inquiry = open_dispute(api, sandbox, inquiry=True)

    sandbox.advance(8 * DAY_S)

    assert inquiry.status == "warning_needs_response"
    assert inquiry.balance_transactions == []
    assert api.disputes.retrieve(inquiry.id).status == "warning_closed"
    assert "charge.dispute.funds_withdrawn" not in types_of(sandbox)


def test_a_charge_under_inquiry_can_still_be_refunded(
    api: Api, sandbox: SandboxProcess
) -> None:
    inquiry = open_dispute(api, sandbox, inquiry=True)

    refund = api.refunds.create({"charge": inquiry.charge})

    assert refund.status == "succeeded"


def test_an_inquiry_can_become_a_chargeback(api: Api, sandbox: SandboxProcess) -> None:
    inquiry = open_dispute(api, sandbox, inquiry=True)
    evidence = {"uncategorized_text": "escalate_inquiry_evidence"}

    api.disputes.update(inquiry.id, {"evidence": evidence})
    sandbox.advance(60)

    assert api.disputes.retrieve(inquiry.id).status == "needs_response"
    assert "charge.dispute.funds_withdrawn" in types_of(sandbox)


@pytest.mark.parametrize("status", ["won", "lost", "prevented", "under_review"])
def test_the_bank_can_be_played_by_hand(
    api: Api, sandbox: SandboxProcess, status: str
) -> None:
    dispute = open_dispute(api, sandbox, reason="product_not_received")

    sandbox.control("POST", f"disputes/{dispute.id}", status=status)

    found = api.disputes.retrieve(dispute.id)
    assert (found.status, found.reason) == (status, "product_not_received")


def test_disputes_are_listed_by_payment(api: Api, sandbox: SandboxProcess) -> None:
    dispute = open_dispute(api, sandbox)
    open_dispute(api, sandbox)

    by_intent = api.disputes.list({"payment_intent": dispute.payment_intent})
    by_charge = api.disputes.list({"charge": dispute.charge})

    assert [found.id for found in by_intent.data] == [dispute.id]
    assert [found.id for found in by_charge.data] == [dispute.id]


def test_a_fraud_warning_can_be_sent_by_hand(api: Api, sandbox: SandboxProcess) -> None:
    intent = make_paid_intent(api)

    sandbox.control("POST", f"charges/{intent.latest_charge}/early_fraud_warning")

    [warning] = api.radar.early_fraud_warnings.list({"charge": intent.latest_charge})
    assert api.radar.early_fraud_warnings.retrieve(warning.id).actionable is True
