"""Demo orders that went through the real road: our books agree with Stripe's."""

import uuid
from datetime import timedelta

from django.db.models import F

from lumira.kit.db import transactional
from orders.actions.place_order import RequestId, place_order
from orders.demo.customers import DemoOrder
from orders.demo.work import do_the_work, move_back_in_time
from orders.models import Expert, Order, Service
from orders.status import OrderStatus
from payments.actions.confirm_payment import confirm_payment
from payments.actions.refund import RefundRequest, request_refund
from payments.actions.start_payment import start_payment
from payments.demo import sandbox_client
from payments.models import Payment, Refund

GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"

S = OrderStatus


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
    do_the_work(demo, order)
    age = timedelta(hours=demo.hours_ago)
    move_back_in_time(order, age)
    _move_money_back_in_time(order, age)


def _pay(order: Order, card: str) -> None:
    payment, intent = start_payment(order)
    sandbox_client.pay(intent.intent_id, card)
    confirm_payment(payment, by="customer")
    order.refresh_from_db()


def _refund(order: Order) -> None:
    payment = order.payments.get()
    asked = RefundRequest(
        id=uuid.uuid4(),
        amount=payment.amount,
        expected_refundable=payment.amount,
        reason="Demande du client",
        by="demo",
    )
    request_refund(payment, asked)


@transactional
def _move_money_back_in_time(order: Order, by: timedelta) -> None:
    Payment.objects.filter(order=order).update(
        created_at=F("created_at") - by, completed_at=F("completed_at") - by
    )
    Refund.objects.filter(order_number=order.number).update(
        created_at=F("created_at") - by / 2
    )
