"""People who work at the shop: they refund, double-click, and move orders on."""

import uuid
from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from orders.models import Order
from orders.status import InvalidMove, OrderStatus
from payments.actions.refund import RefundRefused, RefundRequest, request_refund
from payments.gateway import GatewayError
from payments.models import Payment, ProcessedEvent, Refund
from payments.status import PaymentStatus, RefundStatus
from payments.webhooks.replay import replay_event
from tests.lumira.at_once import at_once
from tests.simulation.customers import PLACES
from tests.simulation.world import World, orders, payments, pick

_NEXT = {
    OrderStatus.PAID: OrderStatus.PROCESSING,
    OrderStatus.PROCESSING: OrderStatus.AWAITING_VALIDATION,
    OrderStatus.AWAITING_VALIDATION: OrderStatus.COMPLETED,
}


@dataclass(frozen=True, slots=True)
class Form:
    """A refund form as the clerk saw it."""

    payment: Payment
    amount: int
    expected_refundable: int
    refund_id: uuid.UUID = field(default_factory=uuid.uuid4)

    def send(self) -> bool:
        """Press the button. False when the shop said no."""
        asked = RefundRequest(
            id=self.refund_id,
            amount=self.amount,
            expected_refundable=self.expected_refundable,
            reason="geste",
            by="esther",
        )
        try:
            request_refund(Payment.objects.get(pk=self.payment.pk), asked)
        except RefundRefused:
            return False
        return True


class Clerks(World):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    @precondition(lambda self: self.once_completed)
    @rule(
        which=PLACES,
        share=st.sampled_from((1.0, 0.5, 0.3, 0.01, 1.2)),
        clicks=st.sampled_from((1, 1, 2)),
    )
    def refund(self, which: int, share: float, clicks: int) -> None:
        form = self._open_form(which, share)
        if form is None:
            return
        if clicks == 1:
            self.act(form.send)
        else:
            _raise_first(at_once(clicks, lambda _: form.send()))
        assert Refund.objects.filter(pk=form.refund_id).count() <= 1

    @precondition(lambda self: self.once_completed)
    @rule(which=PLACES, share=st.sampled_from((0.2, 0.5, 0.6)))
    def refund_by_two_clerks_at_once(self, which: int, share: float) -> None:
        """Both saw the same page. One of them is told to look again."""
        mine, yours = self._open_form(which, share), self._open_form(which, share)
        if mine is None or yours is None:
            return
        forms = [mine, yours]
        _raise_first(at_once(2, lambda number: forms[number].send()))
        made = Refund.objects.filter(pk__in=[mine.refund_id, yours.refund_id])
        # One that Stripe refused at once leaves room for the other.
        alive = made.exclude(status=RefundStatus.FAILED)
        assert alive.count() <= 1, "Both were refunded."

    @precondition(lambda self: self.forms)
    @rule(which=PLACES)
    def send_an_old_form_again(self, which: int) -> None:
        form = pick(self.forms, which)
        if form is None:
            return
        known = Refund.objects.filter(pk=form.refund_id).exists()
        before = Refund.objects.count()
        self.act(form.send)
        assert Refund.objects.count() <= before + (not known)

    @precondition(lambda self: self.once_completed)
    @rule(which=PLACES)
    def work_on_order(self, which: int) -> None:
        order = pick(orders(), which)
        if order is None or order.status not in _NEXT:
            return
        after = _NEXT[OrderStatus(order.status)]
        self.act(lambda: _move_unless_frozen(order, after))

    @rule(which=PLACES)
    def replay(self, which: int) -> None:
        """An event of the ledger, failed or done, once more."""
        ids = list(
            ProcessedEvent.objects.order_by("received_at", "pk").values_list(
                "pk", flat=True
            )
        )
        if event_id := pick(ids, which):
            self.act(lambda: self._replay(event_id))

    def _replay(self, event_id: str) -> None:
        try:
            replay_event(event_id, by="clerk")
        except GatewayError as problem:
            # Stripe does not know the events that were made up here.
            made_up = problem.code == "resource_missing"
            assert made_up or self.is_stripe_in_trouble()

    def _open_form(self, which: int, share: float) -> Form | None:
        completed = payments(status=PaymentStatus.COMPLETED)
        # Clerks look for something left to refund; failing that, anywhere.
        left = [payment for payment in completed if payment.amount_refundable]
        payment = pick(left or completed, which)
        if payment is None:
            return None
        refundable = payment.amount_refundable
        form = Form(payment, max(1, int(refundable * share)), refundable)
        self.forms.append(form)
        return form


def _move_unless_frozen(order: Order, after: OrderStatus) -> None:
    was_frozen = order.is_on_hold
    try:
        order.move_to(after, by="esther")
    except InvalidMove:
        assert was_frozen
    else:
        assert not was_frozen, "Work went on while the order was frozen."


def _raise_first(results: list[bool | Exception]) -> None:
    for result in results:
        if isinstance(result, Exception):
            raise result
