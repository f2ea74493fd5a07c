"""Disputes: opened by a bank, answered or not, won or lost.

https://docs.stripe.com/disputes and /testing#disputes
"""

from payments.sandbox import clock, timers
from payments.sandbox.cards import Sequel
from payments.sandbox.errors import refused
from payments.sandbox.ids import new_id
from payments.sandbox.machines.balance import move_balance
from payments.sandbox.machines.fraud_warnings import make_fraud_warning
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

KIND = "dispute"
FEE = 2000
DECIDED_AFTER_S = 10.0
_ANSWER_WITHIN_S = 7 * 24 * 3600
_TEXTS = (
    "access_activity_log",
    "billing_address",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_tracking_number",
    "uncategorized_text",
)
_FILES = (
    "cancellation_policy",
    "customer_communication",
    "customer_signature",
    "duplicate_charge_documentation",
    "receipt",
    "refund_policy",
    "service_documentation",
    "shipping_documentation",
    "uncategorized_file",
)
EVIDENCE = _TEXTS + _FILES
OPEN = ("needs_response", "warning_needs_response")
CLOSED = ("won", "lost", "warning_closed", "prevented")
STATUSES = (*OPEN, "under_review", "warning_under_review", *CLOSED)
_NETWORK_CODES = {"fraudulent": "10.4", "product_not_received": "13.1"}


def open_dispute(charge: Json, *, reason: str, inquiry: bool = False) -> Json:
    """The buyer's bank asks (an inquiry), or takes the money back at once."""
    dispute = _new_dispute(charge, reason, inquiry)
    charge["disputed"] = True
    STORE.save(charge)
    if not inquiry:
        _withdraw(dispute)
    STORE.save(dispute)
    emit("charge.dispute.created", dispute)
    if not inquiry:
        emit("charge.dispute.funds_withdrawn", dispute)
    timers.schedule(
        "dispute.overdue", delay_s=_ANSWER_WITHIN_S, dispute_id=dispute["id"]
    )
    return dispute


def follow_charge(charge_id: str, sequel: str) -> None:
    """What a test card has in store for a payment that succeeded."""
    charge = STORE.get("charge", charge_id)
    if charge is None:
        return
    if sequel == Sequel.FRAUD_WARNING.value:
        make_fraud_warning(charge)
    elif sequel == Sequel.INQUIRY.value:
        open_dispute(charge, reason="fraudulent", inquiry=True)
    else:
        open_dispute(charge, reason=sequel)


def answer_dispute(dispute: Json, evidence: Json, *, submit: bool) -> None:
    """Add evidence, and hand it in unless told to wait.

    `uncategorized_text` decides a test: winning_evidence, losing_evidence.
    """
    _check_open(dispute)
    before = {
        "evidence": {name: dispute["evidence"][name] for name in evidence},
        "evidence_details": dict(dispute["evidence_details"]),
        "status": dispute["status"],
    }
    dispute["evidence"].update(
        {name: value or None for name, value in evidence.items()}
    )
    details = dispute["evidence_details"]
    details["has_evidence"] = any(dispute["evidence"][name] for name in EVIDENCE)
    if submit:
        details["submission_count"] += 1
        details["submission_method"] = "manual"
        warning = dispute["status"].startswith("warning")
        dispute["status"] = "warning_under_review" if warning else "under_review"
        _schedule_decision(dispute)
    STORE.save(dispute)
    emit("charge.dispute.updated", dispute, before)


def close_dispute(dispute: Json) -> None:
    """Give up: the dispute is lost."""
    _check_open(dispute)
    decide_dispute(dispute["id"], "lost")


def decide_dispute(dispute_id: str, status: str) -> None:
    """Bring a dispute to this status, with the money that goes with it."""
    dispute = STORE.get(KIND, dispute_id)
    if dispute is None or dispute["status"] == status:
        return
    before = {"status": dispute["status"]}
    was_taken = _balance(dispute) < 0
    dispute["status"] = status
    if status in ("won", "prevented") and was_taken:
        _reinstate(dispute)
    if status in ("needs_response", "lost") and not was_taken:
        _withdraw(dispute)
    STORE.save(dispute)
    closed = status in CLOSED
    emit(f"charge.dispute.{'closed' if closed else 'updated'}", dispute, before)
    if _balance(dispute) < 0 and not was_taken:
        emit("charge.dispute.funds_withdrawn", dispute)
    if _balance(dispute) >= 0 and was_taken:
        emit("charge.dispute.funds_reinstated", dispute)


def let_lapse(dispute_id: str) -> None:
    """Nobody answered in time. An answered dispute is left alone."""
    dispute = STORE.get(KIND, dispute_id)
    if dispute and dispute["status"] in OPEN:
        dispute["evidence_details"]["past_due"] = True
        is_inquiry = dispute["status"].startswith("warning")
        decide_dispute(dispute_id, "warning_closed" if is_inquiry else "lost")


def _check_open(dispute: Json) -> None:
    if dispute["status"] in CLOSED:
        raise refused("This dispute is already closed.", code="dispute_already_closed")


def _schedule_decision(dispute: Json) -> None:
    text = dispute["evidence"]["uncategorized_text"] or ""
    inquiry = dispute["status"].startswith("warning")
    if text == "winning_evidence":
        status = "warning_closed" if inquiry else "won"
    elif text == "losing_evidence":
        status = "lost"
    elif text == "escalate_inquiry_evidence" and inquiry:
        status = "needs_response"
    else:
        return
    timers.schedule(
        "dispute.decide",
        delay_s=DECIDED_AFTER_S,
        dispute_id=dispute["id"],
        status=status,
    )


def _balance(dispute: Json) -> int:
    return sum(int(moved["amount"]) for moved in dispute["balance_transactions"])


def _withdraw(dispute: Json) -> None:
    moved = move_balance(
        dispute,
        amount=-dispute["amount"],
        type="adjustment",
        category="dispute",
        fee=FEE,
    )
    dispute["balance_transactions"].append(moved)
    dispute["is_charge_refundable"] = False


def _reinstate(dispute: Json) -> None:
    moved = move_balance(
        dispute,
        amount=dispute["amount"],
        type="adjustment",
        category="dispute_reversal",
    )
    dispute["balance_transactions"].append(moved)


def _new_dispute(charge: Json, reason: str, inquiry: bool) -> Json:
    card = charge["payment_method_details"].get("card")
    code = _NETWORK_CODES.get(reason, "10.4")
    dispute: Json = {
        "id": new_id("du"),
        "object": KIND,
        "amount": charge["amount_captured"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": clock.now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {
            **dict.fromkeys(EVIDENCE),
            "customer_email_address": charge["billing_details"]["email"],
            "customer_name": charge["billing_details"]["name"],
            "enhanced_evidence": {},
        },
        "evidence_details": {
            "due_by": clock.now() + _ANSWER_WITHIN_S,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "intended_submission_method": None,
        "is_charge_refundable": True,
        "livemode": False,
        "metadata": {},
        "network_reason_code": code if card else None,
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "status": "warning_needs_response" if inquiry else "needs_response",
    }
    if card:
        dispute["payment_method_details"] = {
            "card": {
                "brand": card["brand"],
                "case_type": "inquiry" if inquiry else "chargeback",
                "network": card["brand"],
                "network_reason_code": code,
            },
            "type": "card",
        }
    return dispute
