"""Demo orders that went through the real road: our books agree with Stripe's."""

import uuid
from datetime import timedelta

from django.db.models import F

from lumira.kit.db import transactional
from orders.actions.place_order import RequestId, place_order
from orders.demo.customers import DemoOrder
from orders.models import Expert, Order, OrderEvent, Service
from orders.status import OrderStatus
from payments.actions.confirm_payment import confirm_payment
from payments.actions.refund import request_refund
from payments.actions.start_payment import start_payment
from payments.demo import sandbox_client
from payments.models import Payment, Refund

GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"

S = OrderStatus
# What an order went through before the state the demo shows it in.
WAY = {
    S.PROCESSING: [S.PROCESSING],
    S.AWAITING_VALIDATION: [S.PROCESSING, S.AWAITING_VALIDATION],
    S.COMPLETED: [S.PROCESSING, S.AWAITING_VALIDATION, S.COMPLETED],
}


def make_purchase(demo: DemoOrder) -> None:
    """Place, pay and move one demo order. One that exists is left as it is."""
    if Order.objects.filter(request_key=demo.key).exists():
        return
    order = place_order(
        service=Service.objects.get(slug=demo.service),
        expert=Expert.objects.get(slug=demo.expert),
        buyer=demo.buyer,
        by="customer",
        request=RequestId(key=demo.key, digest=demo.key),
    )
    if demo.state != S.PENDING:
        _pay(order, DECLINED_CARD if demo.state == S.FAILED else GOOD_CARD)
    if demo.state == S.REFUNDED:
        _refund(order)
    for status in WAY.get(demo.state, []):
        order.move_to(status, by="demo")
    if demo.state == S.COMPLETED:
        Order.objects.filter(pk=order.pk).update(completed_at=F("updated_at"))
    _move_back_in_time(order, timedelta(hours=demo.hours_ago))


def _pay(order: Order, card: str) -> None:
    payment, intent = start_payment(order)
    sandbox_client.pay(intent.intent_id, card)
    confirm_payment(payment, by="customer")
    order.refresh_from_db()


def _refund(order: Order) -> None:
    payment = order.payments.get()
    request_refund(
        payment,
        refund_id=uuid.uuid4(),
        amount=payment.amount,
        expected_refundable=payment.amount,
        reason="Demande du client",
        by="demo",
    )


@transactional
def _move_back_in_time(order: Order, by: timedelta) -> None:
    """A shop whose orders all arrived this minute would not be believable."""
    Order.objects.filter(pk=order.pk).update(
        created_at=F("created_at") - by,
        paid_at=F("paid_at") - by,
        completed_at=F("completed_at") - by / 2,
    )
    OrderEvent.objects.filter(order=order).update(at=F("at") - by)
    Payment.objects.filter(order=order).update(
        created_at=F("created_at") - by, completed_at=F("completed_at") - by
    )
    Refund.objects.filter(order_number=order.number).update(
        created_at=F("created_at") - by / 2
    )
