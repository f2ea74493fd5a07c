"""What happens at Stripe without us: its dashboard, the customers' banks."""

import json
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.sandbox_process import SECRET_KEY, SandboxRefused
from tests.simulation.customers import PLACES
from tests.simulation.stripe_books import Json
from tests.simulation.world import World, pick

# https://docs.stripe.com/api/refunds/object#refund_object-status
_REFUND_GOES = {
    "pending": ("succeeded", "failed", "requires_action"),
    "requires_action": ("pending", "succeeded", "failed", "canceled"),
    "succeeded": ("failed",),
}
# https://docs.stripe.com/api/disputes/object#dispute_object-status
_DISPUTE_GOES = {
    "warning_needs_response": (
        "warning_under_review",
        "warning_closed",
        "needs_response",
    ),
    "warning_under_review": ("warning_closed", "needs_response"),
    "needs_response": ("under_review", "won", "lost"),
    "under_review": ("won", "lost"),
}


class Bank(World):
    @precondition(lambda self: self.books.charges)
    @rule(which=PLACES, share=st.sampled_from((1.0, 0.5, 0.1)))
    def refund_in_the_dashboard(self, which: int, share: float) -> None:
        charge = pick(self._paid_charges(), which)
        if charge is None:
            return
        amount = max(1, int(charge["amount_captured"] * share))
        self._try(f"charges/{charge['id']}/refund", amount=amount)

    @precondition(lambda self: self.books.refunds)
    @rule(which=PLACES, step=PLACES)
    def move_a_refund(self, which: int, step: int) -> None:
        """It arrives, it fails, it fails after it had arrived."""
        movable = [
            refund
            for refund in self.books.refunds.values()
            if refund["status"] in _REFUND_GOES
        ]
        if refund := pick(movable, which):
            status = pick(list(_REFUND_GOES[refund["status"]]), step)
            self._try(f"refunds/{refund['id']}", status=status)

    @precondition(lambda self: self.books.charges)
    @rule(which=PLACES, inquiry=st.booleans())
    def dispute(self, which: int, inquiry: bool) -> None:
        charges = [one for one in self._paid_charges() if not one["disputed"]]
        if charge := pick(charges, which):
            self._try(f"charges/{charge['id']}/dispute", inquiry=inquiry)

    @precondition(lambda self: self.books.disputes)
    @rule(which=PLACES, step=PLACES)
    def move_a_dispute(self, which: int, step: int) -> None:
        movable = [
            dispute
            for dispute in self.books.disputes.values()
            if dispute["status"] in _DISPUTE_GOES
        ]
        if dispute := pick(movable, which):
            status = pick(list(_DISPUTE_GOES[dispute["status"]]), step)
            self._try(f"disputes/{dispute['id']}", status=status)

    @precondition(lambda self: self.books.charges)
    @rule(which=PLACES)
    def warn_of_fraud(self, which: int) -> None:
        if charge := pick(self._paid_charges(), which):
            self._try(f"charges/{charge['id']}/early_fraud_warning")

    @precondition(lambda self: self.books.intents)
    @rule(which=PLACES)
    def cancel_in_the_dashboard(self, which: int) -> None:
        if intent := pick(list(self.books.intents.values()), which):
            self._try(f"payment_intents/{intent['id']}/cancel")

    @precondition(lambda self: self._intents("processing"))
    @rule(which=PLACES, outcome=st.sampled_from(("succeed", "succeed", "fail")))
    def answer_a_debit(self, which: int, outcome: str) -> None:
        if intent := pick(self._intents("processing"), which):
            self._try(f"payment_intents/{intent['id']}/settle", outcome=outcome)

    @precondition(lambda self: self._intents("requires_action"))
    @rule(which=PLACES)
    def leave_three_d_secure(self, which: int) -> None:
        """The bank's page ends in a failure, minutes after it was opened."""
        if intent := pick(self._intents("requires_action"), which):
            self._try(
                "../browser/authenticate",
                payment_intent=intent["id"],
                client_secret=intent["client_secret"],
                outcome="fail",
            )

    @rule(amount=st.sampled_from((100, 7900)))
    def sell_another_product_of_the_account(self, amount: int) -> None:
        """An intent that is none of ours, paid and told to us all the same."""
        intent = self._api(
            "payment_intents", {"amount": str(amount), "currency": "eur"}
        )
        if intent:
            self.sandbox.pay(intent["id"], card="4242424242424242")

    @precondition(lambda self: self.books.intents)
    @rule(which=PLACES)
    def tamper_with_an_amount(self, which: int) -> None:
        """Somebody with our key lowers what an open intent asks for."""
        if intent := pick(self._intents("requires_payment_method"), which):
            self._api(f"payment_intents/{intent['id']}", {"amount": "100"})

    def _api(
        self, path: str, asked: dict[str, str], *, method: str = "POST"
    ) -> Json | None:
        """Another program of ours calls Stripe. None when that did not work."""
        request = urllib.request.Request(
            f"{self.sandbox.url}/v1/{path}",
            urlencode(asked).encode() if method == "POST" else None,
            {"Authorization": f"Bearer {SECRET_KEY}"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return dict(json.load(answer))
        except (OSError, ValueError, HTTPException):
            return None

    def _intents(self, status: str) -> list[Json]:
        known = self.books.intents.values()
        return [intent for intent in known if intent["status"] == status]

    def _paid_charges(self) -> list[Json]:
        return [one for one in self.books.charges.values() if one["paid"]]

    def _try(self, path: str, **asked: Any) -> None:
        """Stripe may say that it is too late; then nothing happened."""
        try:
            self.sandbox.control("POST", path, **asked)
        except SandboxRefused:
            return
