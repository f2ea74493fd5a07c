"""The end of an example: the last repairs, then our books beside Stripe's."""

import random

from lumira.outbox.models import Message
from lumira.outbox.sending import send_waiting
from orders.models import Order, OrderHold
from orders.status import UNPAID, OrderStatus
from payments.models import Dispute, FraudWarning, Payment
from payments.reconcile.drift import Drift
from payments.status import ENDED_WELL, OPEN, PaymentStatus, RefundStatus
from tests.simulation.periods import paid_periods
from tests.simulation.postman import Postman
from tests.simulation.stripe_books import GIVEN_UP, StripeBooks
from tests.simulation.trouble import HOUR, MINUTE, Trouble, run_reconcile

# Stripe repeats a stored failure for a key for as long.
KEY_IS_KEPT_S = 25 * HOUR


class Reckoning(Trouble, Postman):
    """What must hold at the end, whether the rest of the events arrived or not."""

    def settle(self) -> None:
        """Trouble is over; the worker does what it does every few minutes."""
        self.next_death = None
        self.heal_stripe()
        self.let_time_pass(10 * MINUTE)
        if self.rest_is_delivered:
            self._deliver_the_rest()
        old_news = {event["id"] for event in self.sandbox.events()}
        run_reconcile()
        self._empty_outbox()
        # Closing attempts and refunding make events of their own, still under way.
        left = [one for one in self._drift() if not _is_news(one, old_news)]
        assert all(map(_waits_for_a_key, left)), _in_words(left)

    def balance(self) -> None:
        """The next runs find nothing, and the books are equal to the cent."""
        run_reconcile()
        if any(map(_waits_for_a_key, self._drift())):
            self.let_time_pass(KEY_IS_KEPT_S)
            run_reconcile()
            self._empty_outbox()
            run_reconcile()
        left = self._drift()
        assert not left, _in_words(left)
        stripe = self.stripe()
        self._compare_collected(stripe)
        _compare_refunds(stripe)
        _compare_disputes(stripe)
        _compare_orders()
        waiting = Message.objects.waiting()
        assert not waiting.exists(), list(waiting)

    def _deliver_the_rest(self) -> None:
        events = self.under_way()
        random.Random(len(events)).shuffle(events)
        for event in events:
            self.deliver(event)

    def _empty_outbox(self) -> None:
        send_waiting()
        tired = Message.objects.waiting()
        while tired.exists():
            self.let_time_pass(2 * HOUR)
            send_waiting()

    def _drift(self) -> list[Drift]:
        """What `reconcile --dry-run` finds, but for intents somebody tampered with."""
        report = run_reconcile(dry_run=True)
        assert report.problems == []
        stripe, found = self.stripe(), [drift for drift, _ in report.left]
        return [drift for drift in found if not _is_tampered(drift.about, stripe)]

    def _compare_collected(self, stripe: StripeBooks) -> None:
        completed = Payment.objects.filter(status=PaymentStatus.COMPLETED)
        ours = {str(payment.intent_id): payment.amount for payment in completed}
        theirs = {}
        for order in Order.objects.all():
            collected = stripe.succeeded_for(str(order.pk))
            for intent in collected:
                if _is_tampered(intent["id"], stripe):
                    _check_frozen(order, intent["id"])
                else:
                    theirs[intent["id"]] = stripe.captured(intent["id"])
            if len(collected) > 1:
                alerts = Message.objects.filter(
                    topic="alert", payload__kind="paid_twice"
                )
                assert alerts.filter(payload__order=order.number).exists(), order
        assert ours == theirs | paid_periods(stripe)


def _compare_refunds(stripe: StripeBooks) -> None:
    for payment in Payment.objects.filter(status=PaymentStatus.COMPLETED):
        intent_id = str(payment.intent_id)
        rows = payment.refunds.all()
        ours = {
            row.stripe_id: (row.amount, row.currency, row.status)
            for row in rows
            if row.stripe_id
        }
        theirs = {
            refund["id"]: (refund["amount"], refund["currency"], refund["status"])
            for refund in stripe.refunds_of(intent_id)
        }
        assert ours == theirs
        # What Stripe never took on must not count.
        never = {row.status for row in rows if not row.stripe_id}
        assert never <= {RefundStatus.FAILED}, never
        sums = payment.amount_refunded + payment.amount_refunding
        assert sums == stripe.given_back(intent_id)
        assert sums == sum(
            amount for amount, _, status in theirs.values() if status not in GIVEN_UP
        )
        assert sums <= payment.amount


def _compare_disputes(stripe: StripeBooks) -> None:
    known = set(
        Payment.objects.exclude(intent_id=None).values_list("intent_id", flat=True)
    )
    ours = {
        row.stripe_id: (row.amount, row.currency, row.status, row.funds_withdrawn)
        for row in Dispute.objects.all()
    }
    theirs = {
        one["id"]: (
            one["amount"],
            one["currency"],
            one["status"],
            sum(moved["amount"] for moved in one["balance_transactions"]) < 0,
        )
        for one in stripe.disputes.values()
        if one["payment_intent"] in known
    }
    assert ours == theirs
    for dispute in Dispute.objects.filter(status__in=ENDED_WELL):
        holds = OrderHold.objects.filter(about=dispute.stripe_id, released_at=None)
        assert not holds.exists(), "Won, and still frozen."
    warned = set(FraudWarning.objects.values_list("stripe_id", flat=True))
    assert warned == {
        one["id"] for one in stripe.warnings.values() if one["payment_intent"] in known
    }


def _compare_orders() -> None:
    for order in Order.objects.prefetch_related("payments"):
        collected = order.payments.filter(status=PaymentStatus.COMPLETED)
        if not collected:
            assert order.status in UNPAID, order
            continue
        is_all_back = all(one.amount_refunded >= one.amount for one in collected)
        is_refunded = order.status == OrderStatus.REFUNDED
        assert is_refunded == is_all_back, (order.status, list(collected))
        still_open = order.payments.filter(status__in=OPEN)
        assert not still_open.exists(), "A paid order can be paid once more."


def _is_tampered(intent_id: str, stripe: StripeBooks) -> bool:
    intent = stripe.intents.get(intent_id)
    payment = Payment.objects.filter(intent_id=intent_id).first()
    return bool(intent and payment and intent["amount"] != payment.amount)


def _check_frozen(order: Order, intent_id: str) -> None:
    assert OrderHold.objects.filter(order=order, about=intent_id).exists(), order
    key = f"alert:payment_mismatch:{intent_id}"
    assert Message.objects.filter(key=key).exists(), key


def _is_news(drift: Drift, old_news: set[str]) -> bool:
    return drift.kind == "event" and drift.about not in old_news


def _in_words(drifts: list[Drift]) -> str:
    return "; ".join(map(str, drifts))


def _waits_for_a_key(drift: Drift) -> bool:
    """A refund that Stripe answered with a failure that it keeps for a day."""
    return drift.kind == "refund" and drift.stripes == "not answered"
