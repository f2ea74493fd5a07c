"""What fifty threads do at the same moment: as much as one of them would."""

import pytest
from django.test import Client

from orders.actions.hold import place_hold
from orders.models import OrderEvent, OrderHold
from orders.models.hold import HoldReason
from orders.status import OrderOnHold, OrderStatus
from payments.actions.disputes import apply_dispute
from payments.actions.refund import RefundRefused
from payments.actions.start_payment import start_payment
from payments.gateway import gateway
from payments.models import Dispute, Payment, ProcessedEvent, Refund
from tests.factories.orders import make_order
from tests.lumira.at_once import at_once
from tests.money.books import (
    alerts,
    assert_no_drift,
    letters,
    moves,
    paid,
    pay,
    refund,
    run_reconcile,
    states,
)
from tests.money.dashboard import contest, decide, news, refund_there
from tests.payments.signed_events import deliver
from tests.payments.stripe_heard import keys_sent
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 50


def test_fifty_submits_of_one_order_make_one_intent(sandbox: SandboxProcess) -> None:
    order = make_order()

    answers = at_once(MANY, lambda _: start_payment(order)[1].intent_id)

    payment = Payment.objects.get()
    assert set(answers) == {payment.intent_id}
    assert set(keys_sent(sandbox)) == {payment.idempotency_key}
    assert len(news(sandbox, "payment_intent.created")) == 1


def test_fifty_submits_after_a_declined_card_keep_its_intent(
    sandbox: SandboxProcess,
) -> None:
    payment = paid(sandbox, card="4000000000000002")

    answers = at_once(MANY, lambda _: start_payment(payment.order)[1].intent_id)

    assert set(answers) == {payment.intent_id}
    assert len(news(sandbox, "payment_intent.created")) == 1


def test_fifty_deliveries_of_one_event_are_one_effect(sandbox: SandboxProcess) -> None:
    payment = pay(sandbox)
    [event] = news(sandbox, "payment_intent.succeeded")

    answers = at_once(MANY, lambda _: deliver(Client(), event).json())

    assert answers.count({"received": True}) == 1
    assert answers.count({"received": True, "duplicate": True}) == MANY - 1
    assert ProcessedEvent.objects.get().attempts == 1
    assert moves(payment.order) == ["paid"]
    assert letters() == ["order_paid"]


def test_all_news_of_one_refund_at_once_is_one_refund(sandbox: SandboxProcess) -> None:
    payment = paid(sandbox)
    refund_there(sandbox, payment, amount=3000)
    told = news(sandbox, "refund.created", "charge.refunded")

    answers = at_once(20, lambda n: deliver(Client(), told[n % 2]).status_code)

    payment.refresh_from_db()
    assert set(answers) == {200}
    assert payment.amount_refunded == Refund.objects.get().amount == 3000
    assert letters() == ["order_paid", "refunded"]


def test_a_dispute_and_a_refund_at_once_never_give_the_money_twice(
    sandbox: SandboxProcess,
) -> None:
    """Whoever is first at Stripe wins; the other is refused, here or there."""
    payment = paid(sandbox)
    dispute_id = contest(sandbox, payment)["id"]

    def act(number: int) -> str:
        if number:
            apply_dispute(payment, gateway().fetch_dispute(dispute_id), by="stripe")
            return "disputed"
        try:
            refund(payment, 7900)
        except RefundRefused:
            return "refused"
        return "refunded"

    answers = at_once(2, act)

    payment.refresh_from_db()
    assert answers == ["refused", "disputed"]
    assert (payment.amount_refunded, payment.amount_refunding) == (0, 0)
    assert states(payment) == ("completed", "paid")
    assert news(sandbox, "refund.created") == []
    assert Dispute.objects.get().status == "needs_response"
    assert_no_drift()


def test_news_of_one_dispute_at_once_is_one_hold_and_one_alert(
    sandbox: SandboxProcess,
) -> None:
    payment = paid(sandbox)
    contest(sandbox, payment)
    told = news(sandbox, "charge.dispute.created", "charge.dispute.funds_withdrawn")
    assert len(told) == 2

    answers = at_once(20, lambda n: deliver(Client(), told[n % 2]).status_code)

    assert set(answers) == {200}
    assert Dispute.objects.count() == OrderHold.objects.count() == 1
    assert alerts() == ["dispute_needs_response"]


def test_old_and_new_news_of_a_dispute_at_once_end_with_the_new(
    sandbox: SandboxProcess,
) -> None:
    payment = paid(sandbox)
    dispute_id = contest(sandbox, payment)["id"]
    old = gateway().fetch_dispute(dispute_id)
    decide(sandbox, dispute_id, "won")
    new = gateway().fetch_dispute(dispute_id)

    at_once(10, lambda n: apply_dispute(payment, (old, new)[n % 2], by="stripe"))

    payment.order.refresh_from_db()
    assert Dispute.objects.get().status == "won"
    assert not payment.order.is_on_hold


def test_a_hold_and_a_move_at_once_end_frozen_in_a_true_state(
    sandbox: SandboxProcess,
) -> None:
    """The move came first, or it was refused: never work on a frozen order."""
    order = paid(sandbox).order

    def act(number: int) -> object:
        if number % 2:
            return place_hold(order, reason=HoldReason.DISPUTE, about="du_1", by="x")
        return order.move_to(OrderStatus.PROCESSING, by="esther")

    answers = at_once(20, act)

    order.refresh_from_db()
    lines = list(OrderEvent.objects.filter(order=order).values_list("after", "note"))
    is_moved = order.status == OrderStatus.PROCESSING
    assert order.is_on_hold
    assert answers[1::2].count(True) == 1
    assert answers[0::2].count(True) == is_moved
    refusals = [a for a in answers[0::2] if not isinstance(a, bool)]
    assert all(isinstance(refusal, OrderOnHold) for refusal in refusals)
    assert [after for after, note in lines if not note].count("processing") == is_moved
    # The line of the hold tells the state it froze: nothing moved after it.
    assert [after for after, note in lines if note] == [order.status]


def test_reconcile_and_the_webhook_at_once_settle_once(sandbox: SandboxProcess) -> None:
    sandbox.endpoints({"url": "http://127.0.0.1:9/nobody", "secrets": ["whsec_x"]})
    payment = pay(sandbox)
    [event] = news(sandbox, "payment_intent.succeeded")

    at_once(
        8,
        lambda n: run_reconcile() if n % 2 else deliver(Client(), event),
    )

    assert moves(payment.order) == ["paid"]
    assert letters() == ["order_paid"]
    assert_no_drift()
