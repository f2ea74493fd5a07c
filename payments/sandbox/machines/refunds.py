"""Refunds: made, settled, failed. https://docs.stripe.com/refunds"""

from payments.sandbox import clock, timers
from payments.sandbox.cards import RefundCourse
from payments.sandbox.errors import refused
from payments.sandbox.ids import new_id, random_text
from payments.sandbox.machines.balance import move_balance
from payments.sandbox.machines.methods import card_of
from payments.sandbox.money import in_words
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

KIND = "refund"
SETTLES_AFTER_S = 10.0


def make_refund(
    charge: Json,
    *,
    amount: int | None = None,
    reason: str | None = None,
    metadata: dict[str, str] | None = None,
) -> Json:
    """Give money back: the whole rest unless an amount says otherwise.

    Raises 400 when the charge has nothing left, less than that, or is disputed.
    """
    left = charge["amount_captured"] - _given_back(charge)
    _check_refundable(charge, left)
    amount = left if amount is None else amount
    if amount > left:
        raise refused(
            f"Refund amount ({in_words(amount, charge['currency'])}) is greater than "
            f"unrefunded amount on charge ({in_words(left, charge['currency'])})",
            param="amount",
        )
    course = _course(charge)
    refund = _new_refund(charge, amount, reason, metadata or {})
    refund["status"] = (
        "pending" if course is RefundCourse.PENDING_FIRST else "succeeded"
    )
    if refund["status"] == "pending":
        refund["pending_reason"] = "processing"
    moved = move_balance(refund, amount=-amount, type="refund", category="refund")
    refund["balance_transaction"] = moved["id"]
    STORE.save(refund)
    emit("refund.created", refund)
    before = {
        "amount_refunded": charge["amount_refunded"],
        "refunded": charge["refunded"],
    }
    _count(charge, amount)
    emit("charge.refunded", charge, before)
    if course is not RefundCourse.AT_ONCE:
        end = "succeeded" if course is RefundCourse.PENDING_FIRST else "failed"
        timers.schedule(
            "refund.settle",
            delay_s=SETTLES_AFTER_S,
            refund_id=refund["id"],
            status=end,
        )
    return refund


def settle_refund(refund_id: str, status: str) -> None:
    """Bring a refund to this status. One that failed or was canceled stays so.

    A failure is told by `refund.failed` alone, as measured on the real Stripe.
    """
    refund = STORE.get(KIND, refund_id)
    if refund is None or refund["status"] in ("failed", "canceled", status):
        return
    before = {"status": refund["status"]}
    if "pending_reason" in refund:
        before["pending_reason"] = refund.pop("pending_reason")
    refund["status"] = status
    if status in ("failed", "canceled"):
        _take_back(refund)
    STORE.save(refund)
    if status == "failed":
        emit("refund.failed", refund)
    else:
        emit("refund.updated", refund, before)


def cancel_refund(refund: Json) -> None:
    """Only a refund that waits for the buyer can still be canceled."""
    if refund["status"] != "requires_action":
        raise refused(
            f"Refund {refund['id']} cannot be canceled because its status is "
            f"{refund['status']}; only refunds that require action can.",
            code="refund_not_cancelable",
        )
    settle_refund(refund["id"], "canceled")


def _check_refundable(charge: Json, left: int) -> None:
    if not charge["paid"] or not charge["captured"]:
        raise refused(
            f"Charge {charge['id']} has not been captured; cancel its PaymentIntent "
            "instead of refunding it.",
            code="charge_not_refundable",
        )
    if charge["disputed"] and not _only_inquired(charge):
        raise refused(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    if left <= 0:
        raise refused(
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
        )


def _given_back(charge: Json) -> int:
    """What refunds took so far; what was never captured does not count."""
    uncaptured = int(charge["amount"]) - int(charge["amount_captured"])
    return int(charge["amount_refunded"]) - uncaptured


def _only_inquired(charge: Json) -> bool:
    return all(
        dispute["is_charge_refundable"]
        for dispute in STORE.all("dispute")
        if dispute["charge"] == charge["id"]
    )


def _course(charge: Json) -> RefundCourse:
    method = STORE.get("payment_method", charge["payment_method"])
    if method is None:
        return RefundCourse.AT_ONCE
    if method["type"] != "card":
        return RefundCourse.PENDING_FIRST
    return card_of(method).refund


def _new_refund(
    charge: Json, amount: int, reason: str | None, metadata: dict[str, str]
) -> Json:
    kind = charge["payment_method_details"]["type"]
    destination: Json = {"type": kind}
    if kind == "card":
        destination["card"] = {
            "reference": random_text(12).upper(),
            "reference_status": "pending",
            "reference_type": "acquirer_reference_number",
            "type": "refund",
        }
    return {
        "id": new_id("re" if kind == "card" else "pyr"),
        "object": KIND,
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": clock.now(),
        "currency": charge["currency"],
        "customer": charge["customer"],
        "customer_account": None,
        "destination_details": destination,
        "metadata": metadata,
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": None,
        "transfer_reversal": None,
    }


def _count(charge: Json, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] >= charge["amount"]
    STORE.save(charge)


def _take_back(refund: Json) -> None:
    """The money stays after all."""
    charge = STORE.get("charge", refund["charge"]) or {}
    moved = move_balance(
        refund,
        amount=refund["amount"],
        type="refund_failure",
        category="refund_failure",
    )
    refund["failure_balance_transaction"] = moved["id"]
    if refund["status"] == "failed":
        refund["failure_reason"] = "expired_or_canceled_card"
    _count(charge, -refund["amount"])
