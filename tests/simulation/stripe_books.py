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
    subscriptions: dict[str, Json]
    invoices: dict[str, Json]
    invoice_payments: dict[str, Json]

    def succeeded_for(self, order_id: str) -> list[Json]:
        """The intents of this order that collected money."""
        return [
            intent
            for intent in self.intents.values()
            if intent["metadata"].get("orderId") == order_id
            and intent["status"] == "succeeded"
        ]

    def invoice_of(self, intent_id: str) -> Json | None:
        """The invoice that this intent pays, if it is one's."""
        for tie in self.invoice_payments.values():
            if tie["payment"].get("payment_intent") == intent_id:
                return self.invoices[tie["invoice"]]
        return None

    def intent_of(self, invoice_id: str) -> Json:
        """The intent that pays this invoice."""
        [tie] = [
            tie
            for tie in self.invoice_payments.values()
            if tie["invoice"] == invoice_id
        ]
        return self.intents[tie["payment"]["payment_intent"]]

    def has_debit(self, invoice_id: str) -> bool:
        """Whether a bank was asked to pay this invoice: its answer takes days."""
        intent_id = self.intent_of(invoice_id)["id"]
        return any(
            charge["payment_method_details"]["type"] == "sepa_debit"
            for charge in self.charges.values()
            if charge["payment_intent"] == intent_id
        )

    def subscription_of(self, invoice: Json) -> Json:
        details = invoice["parent"]["subscription_details"]
        return self.subscriptions[details["subscription"]]

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
        subscriptions=all_of("subscription"),
        invoices=all_of("invoice"),
        invoice_payments=all_of("invoice_payment"),
    )
