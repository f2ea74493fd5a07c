"""Processes that asked Stripe, were held up, and apply an answer that has grown old."""

from collections.abc import Callable

from hypothesis.stateful import precondition, rule

from payments.actions.disputes import apply_dispute
from payments.actions.refund_ledger import apply_refund
from payments.actions.settlement import apply_intent
from payments.gateway import GatewayError, gateway
from payments.models import Payment
from tests.simulation.customers import PLACES
from tests.simulation.world import World, payments, pick


class Latecomers(World):
    @rule(which=PLACES)
    def look_at_a_payment(self, which: int) -> None:
        self._look(which, self._apply_intent_later)

    @precondition(lambda self: self.books.refunds)
    @rule(which=PLACES)
    def look_at_refunds(self, which: int) -> None:
        self._look(which, self._apply_refunds_later)

    @precondition(lambda self: self.books.disputes)
    @rule(which=PLACES)
    def look_at_a_dispute(self, which: int) -> None:
        self._look(which, self._apply_disputes_later)

    @precondition(lambda self: self.held_up)
    @rule(which=PLACES)
    def go_on(self, which: int) -> None:
        """Now it applies what it saw then."""
        self.act(self.held_up.pop(which % len(self.held_up)))

    def _look(self, which: int, see: Callable[[Payment], None]) -> None:
        known = [one for one in payments() if one.intent_id]
        payment = pick(known, which)
        if payment is None:
            return
        try:
            see(payment)
        except GatewayError:
            assert self.is_stripe_in_trouble()

    def _apply_intent_later(self, payment: Payment) -> None:
        seen = gateway().fetch_intent(str(payment.intent_id))
        self.held_up.append(lambda: apply_intent(payment, seen, by="latecomer"))

    def _apply_refunds_later(self, payment: Payment) -> None:
        for seen in list(gateway().refunds_of(str(payment.intent_id))):
            self.held_up.append(
                lambda seen=seen: apply_refund(payment, seen, by="latecomer")  # type: ignore[misc]
            )

    def _apply_disputes_later(self, payment: Payment) -> None:
        for dispute in self.books.disputes.values():
            if dispute["payment_intent"] == payment.intent_id:
                seen = gateway().fetch_dispute(dispute["id"])
                self.held_up.append(
                    lambda seen=seen: apply_dispute(payment, seen, by="latecomer")  # type: ignore[misc]
                )
