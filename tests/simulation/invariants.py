"""What is true of our books after every step, whatever happened (SPEC §5)."""

from hypothesis.stateful import invariant

from lumira.outbox.models import Message
from orders.models import Order, OrderEvent, OrderHold
from orders.models.hold import HoldReason
from orders.status import MOVES, UNPAID, OrderStatus
from payments.models import Dispute, FraudWarning, Payment, ProcessedEvent, Refund
from payments.models.refund import Origin
from payments.status import ENDED_WELL, ON_THE_WAY, OPEN, PaymentStatus, RefundStatus
from tests.simulation.stripe_books import StripeBooks
from tests.simulation.world import World


class Invariants(World):
    @invariant()
    def promises_hold(self) -> None:
        self.money_is_never_claimed_without_stripe()
        self.an_order_has_one_open_payment_and_is_paid_by_its_own()
        self.sums_are_those_of_the_refunds()
        self.history_tells_how_each_order_came_here()
        self.what_must_be_told_is_told_once()
        self.a_contested_order_is_frozen()
        self.books_only_disagree_where_somebody_tampered()
        self.an_event_on_the_ledger_has_had_its_effect()

    def money_is_never_claimed_without_stripe(self) -> None:
        """Rules 2 and 4."""
        stripe = self.stripe()
        for payment in Payment.objects.filter(status=PaymentStatus.COMPLETED):
            _check_collected(payment, stripe)
            self.once_completed.add(str(payment.pk))
        completed = Payment.objects.filter(pk__in=self.once_completed)
        statuses = set(completed.values_list("status", flat=True))
        assert statuses <= {PaymentStatus.COMPLETED}, "A success was undone."

    def an_order_has_one_open_payment_and_is_paid_by_its_own(self) -> None:
        """Rules 2 and 3."""
        for order in Order.objects.prefetch_related("payments"):
            rows = list(order.payments.all())
            assert sum(row.status in OPEN for row in rows) <= 1, order
            collected = [row for row in rows if row.status == PaymentStatus.COMPLETED]
            assert (order.status in UNPAID) == (not collected), (order.status, rows)
            assert (order.paid_at is None) == (not collected), order
            for row in rows:
                assert (row.amount, row.currency) == (order.amount, order.currency)
            alerts = Message.objects.filter(
                topic="alert",
                payload__kind="paid_twice",
                payload__order=order.number,
            )
            assert len(collected) <= 1 + alerts.count(), "Paid twice, and no alert."

    def sums_are_those_of_the_refunds(self) -> None:
        """Rule 7. News may be out of order: Stripe's own ceiling is checked at the
        end; what was decided here never exceeds what was taken."""
        for payment in Payment.objects.prefetch_related("refunds"):
            rows = list(payment.refunds.all())
            back = sum(r.amount for r in rows if r.status == RefundStatus.SUCCEEDED)
            going = sum(r.amount for r in rows if r.status in ON_THE_WAY)
            assert (payment.amount_refunded, payment.amount_refunding) == (back, going)
            living = ON_THE_WAY | {RefundStatus.SUCCEEDED}
            ours = [r for r in rows if r.origin == Origin.SHOP and r.status in living]
            assert sum(r.amount for r in ours) <= payment.amount, rows
            if all(r.origin == Origin.SHOP for r in rows):
                assert back + going <= payment.amount

    def history_tells_how_each_order_came_here(self) -> None:
        for order in Order.objects.prefetch_related("events"):
            at = ""
            for event in sorted(order.events.all(), key=lambda event: event.at):
                assert event.before == at, (order, event)
                _check_move(event)
                at = event.after
            assert at == order.status, (order, at, order.status)

    def what_must_be_told_is_told_once(self) -> None:
        """Rule 9."""
        for order in Order.objects.all():
            mails = Message.objects.filter(
                topic="order_paid", payload__order_id=str(order.pk)
            )
            assert mails.count() == (order.status not in UNPAID), order
        for refund in Refund.objects.filter(status=RefundStatus.SUCCEEDED):
            told = Message.objects.filter(
                topic="refunded", payload__refund_id=str(refund.pk)
            )
            assert told.count() == 1, refund

    def a_contested_order_is_frozen(self) -> None:
        for order in Order.objects.prefetch_related("holds"):
            in_force = [hold for hold in order.holds.all() if not hold.released_at]
            assert order.is_on_hold == bool(in_force), order
        for dispute in Dispute.objects.exclude(status__in=ENDED_WELL):
            hold = OrderHold.objects.get(
                reason=HoldReason.DISPUTE, about=dispute.stripe_id
            )
            assert hold.released_at is None, dispute

    def books_only_disagree_where_somebody_tampered(self) -> None:
        """Rule 3: a second intent of ours would freeze the order too."""
        holds = OrderHold.objects.filter(reason=HoldReason.MISMATCH)
        for hold in holds.prefetch_related("order"):
            intent = self.books.intents[hold.about]
            assert intent["amount"] != hold.order.amount, intent

    def an_event_on_the_ledger_has_had_its_effect(self) -> None:
        """Rule 5."""
        done = ProcessedEvent.objects.filter(processed=True, outcome="applied")
        for event in done:
            assert _has_effect(event), (event.type, event.object_id)
        assert not ProcessedEvent.objects.filter(processed=True, outcome="").exists()


def _check_collected(payment: Payment, stripe: StripeBooks) -> None:
    intent = stripe.intents[str(payment.intent_id)]
    assert intent["status"] == "succeeded", intent
    if not payment.stripe_invoice_id:
        assert intent["metadata"]["orderId"] == str(payment.order_id)
    theirs = (intent["amount_received"], intent["currency"], intent["livemode"])
    assert theirs == (payment.amount, payment.currency, payment.livemode)


def _check_move(event: OrderEvent) -> None:
    if not event.before:
        assert event.after == OrderStatus.PENDING
    elif event.before == OrderStatus.REFUNDED:
        # A refund that failed after all: only what had been paid comes back.
        assert event.after not in UNPAID
    elif event.before != event.after:  # a hold is a line too, and no move
        assert event.after in MOVES[event.before], event


def _has_effect(event: ProcessedEvent) -> bool:
    kind, about = event.type, event.object_id
    if kind in ("payment_intent.succeeded", "payment_intent.canceled"):
        end = PaymentStatus.COMPLETED
        if kind == "payment_intent.canceled":
            end = PaymentStatus.CANCELLED
        return Payment.objects.filter(intent_id=about, status=end).exists()
    if kind.startswith("refund."):
        rows = Refund.objects.filter(stripe_id=about)
        if kind == "refund.failed":
            rows = rows.filter(status=RefundStatus.FAILED)
        return rows.exists()
    if kind.startswith("charge.dispute."):
        return Dispute.objects.filter(stripe_id=about).exists()
    if kind.startswith("radar."):
        return FraudWarning.objects.filter(stripe_id=about).exists()
    return True
