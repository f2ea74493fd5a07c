"""Controls that stand for the merchant's dashboard and for the banks."""

from django.http import HttpRequest

from payments.sandbox.controls.json_views import Unusable, control
from payments.sandbox.machines.disputes import STATUSES, decide_dispute, open_dispute
from payments.sandbox.machines.fraud_warnings import make_fraud_warning
from payments.sandbox.machines.intent_ends import cancel
from payments.sandbox.machines.lookup import found_in_path
from payments.sandbox.machines.refunds import make_refund, settle_refund
from payments.sandbox.store import Json
from payments.sandbox.transaction import change_and_release

_REFUND_STATUSES = ("pending", "requires_action", "succeeded", "failed", "canceled")


@control("POST")
def refund_charge(request: HttpRequest, asked: Json, charge_id: str) -> Json:
    """A refund made in the dashboard: `amount` or the rest, `reason`."""
    with change_and_release():
        charge = found_in_path("charge", charge_id)
        amount = asked.get("amount")
        if amount is not None and (not isinstance(amount, int) or amount < 1):
            raise Unusable("amount is a positive number of minor units.")
        return make_refund(charge, amount=amount, reason=asked.get("reason"))


@control("POST")
def move_refund(request: HttpRequest, asked: Json, refund_id: str) -> Json:
    """The banks bring a refund to `status`."""
    status = _one_of(asked, _REFUND_STATUSES)
    with change_and_release():
        refund = found_in_path("refund", refund_id)
        settle_refund(refund_id, status)
        return refund


@control("POST")
def dispute_charge(request: HttpRequest, asked: Json, charge_id: str) -> Json:
    """The buyer's bank opens a dispute: `reason`, `inquiry`."""
    with change_and_release():
        charge = found_in_path("charge", charge_id)
        return open_dispute(
            charge,
            reason=str(asked.get("reason", "fraudulent")),
            inquiry=bool(asked.get("inquiry", False)),
        )


@control("POST")
def move_dispute(request: HttpRequest, asked: Json, dispute_id: str) -> Json:
    """The bank brings a dispute to `status`."""
    status = _one_of(asked, STATUSES)
    with change_and_release():
        dispute = found_in_path("dispute", dispute_id)
        decide_dispute(dispute_id, status)
        return dispute


@control("POST")
def warn_of_fraud(request: HttpRequest, asked: Json, charge_id: str) -> Json:
    """The buyer's bank sends an early fraud warning."""
    with change_and_release():
        return make_fraud_warning(found_in_path("charge", charge_id))


@control("POST")
def cancel_intent(request: HttpRequest, asked: Json, intent_id: str) -> Json:
    """The merchant cancels an intent in the dashboard."""
    with change_and_release():
        intent = found_in_path("payment_intent", intent_id)
        cancel(intent, asked.get("cancellation_reason"))
        return intent


def _one_of(asked: Json, words: tuple[str, ...]) -> str:
    status = asked.get("status")
    if status not in words:
        raise Unusable(f"status is one of {', '.join(words)}.")
    return str(status)
