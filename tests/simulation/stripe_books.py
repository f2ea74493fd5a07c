"""Stripe's books, read from the sandbox's own lists and not through our gateway."""

from dataclasses import dataclass
from typing import Any

from tests.sandbox_process import SandboxProcess

Json = dict[str, Any]
GIVEN_UP = frozenset({"failed", "canceled"})


@dataclass(frozen=True, slots=True)
class StripeBooks:
    """What is there at one moment, by id, oldest first."""

    intents: dict[str, Json]
    charges: dict[str, Json]
    refunds: dict[str, Json]
    disputes: dict[str, Json]
    warnings: dict[str, Json]

    def succeeded_for(self, order_id: str) -> list[Json]:
        """The intents of this order that collected money."""
        return [
            intent
            for intent in self.intents.values()
            if intent["metadata"].get("orderId") == order_id
            and intent["status"] == "succeeded"
        ]

    def refunds_of(self, intent_id: str) -> list[Json]:
        return [
            refund
            for refund in self.refunds.values()
            if refund["payment_intent"] == intent_id
        ]

    def captured(self, intent_id: str) -> int:
        """Minor units that the intent's charges took."""
        return sum(
            charge["amount_captured"]
            for charge in self.charges.values()
            if charge["payment_intent"] == intent_id and charge["paid"]
        )

    def given_back(self, intent_id: str) -> int:
        """Minor units that went back, or are on their way."""
        return sum(
            charge["amount_refunded"]
            for charge in self.charges.values()
            if charge["payment_intent"] == intent_id and charge["paid"]
        )


def read_stripe_books(sandbox: SandboxProcess) -> StripeBooks:
    def all_of(kind: str) -> dict[str, Json]:
        rows = sandbox.control("GET", "objects", kind=kind)
        return {row["id"]: row for row in rows}

    return StripeBooks(
        intents=all_of("payment_intent"),
        charges=all_of("charge"),
        refunds=all_of("refund"),
        disputes=all_of("dispute"),
        warnings=all_of("radar.early_fraud_warning"),
    )
