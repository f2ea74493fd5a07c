"""What somebody does in Stripe's dashboard, or a bank does behind it."""

from typing import Any

from payments.models import Payment
from tests.sandbox_process import SandboxProcess

Json = dict[str, Any]


def charge_of(sandbox: SandboxProcess, payment: Payment) -> str:
    """The payment's charge by Stripe's books; ours may not know it yet."""
    intents = sandbox.control("GET", "objects", kind="payment_intent")
    [intent] = [one for one in intents if one["id"] == payment.intent_id]
    return str(intent["latest_charge"])


def refund_there(sandbox: SandboxProcess, payment: Payment, **what: Any) -> Json:
    """A refund made in the dashboard: amount=, or the rest."""
    charge = charge_of(sandbox, payment)
    return dict(sandbox.control("POST", f"charges/{charge}/refund", **what))


def contest(sandbox: SandboxProcess, payment: Payment, **how: Any) -> Json:
    """The customer's bank opens a dispute: reason=, inquiry=."""
    charge = charge_of(sandbox, payment)
    return dict(sandbox.control("POST", f"charges/{charge}/dispute", **how))


def decide(sandbox: SandboxProcess, dispute_id: str, status: str) -> Json:
    """The bank brings the dispute to this status."""
    return dict(sandbox.control("POST", f"disputes/{dispute_id}", status=status))


def warn(sandbox: SandboxProcess, payment: Payment) -> Json:
    """The card's network sends an early fraud warning."""
    path = f"charges/{charge_of(sandbox, payment)}/early_fraud_warning"
    return dict(sandbox.control("POST", path))


def news(sandbox: SandboxProcess, *kinds: str) -> list[Json]:
    """The events so far of these types, oldest first; all types if none is named."""
    return [one for one in sandbox.events() if not kinds or one["type"] in kinds]


def switch_on_debits(sandbox: SandboxProcess) -> None:
    """New intents can be paid from a bank account: days of `processing`."""
    sandbox.control("POST", "payment_methods", enabled=["card", "sepa_debit"])


def settle_debit(sandbox: SandboxProcess, payment: Payment, outcome: str) -> None:
    """The bank answers a debit: succeed or fail."""
    path = f"payment_intents/{payment.intent_id}/settle"
    sandbox.control("POST", path, outcome=outcome)
