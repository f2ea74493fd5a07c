"""Claire's orders, on days and with numbers that are the same in every picture.

The year is far away: what is promised in it is never late.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F

from orders.models import Expert, Order, OrderEvent, Reading, Service, Validation
from payments.models import Payment, Refund
from tests.factories.orders import make_order
from tests.factories.payments import make_payment
from tests.factories.work import make_person

PLACED = datetime(2099, 11, 23, 8, 12, tzinfo=UTC)
PROMISED = PLACED + timedelta(days=3)
EMAIL = "claire.dumont@example.org"
NUMBER = "LU991123-K7MP4X"
LONG_NAME = "Marie-Hélène de la Rochefoucauld-Montmorency d’Artagnan"
LONG_SERVICE = "Accompagnement intégral des grandes transitions, avec relecture"


def camille() -> Expert:
    """With a login: she can write."""
    expert = Expert.objects.get(slug="camille-aubry")
    if expert.user is None:
        expert.user = make_person("camille", email="camille@example.org")
        expert.save()
    return expert


def claires_order(**fields: Any) -> Order:
    """Premium with Camille, placed that morning."""
    facts = {
        "number": NUMBER,
        "email": EMAIL,
        "name": "Claire Dumont",
        "service": Service.objects.get(slug="premium"),
        "expert": camille(),
        "created_at": PLACED,
    }
    return make_order(**facts | fields)


def claires_payment(order: Order, **fields: Any) -> Payment:
    return make_payment(order=order, **{"created_at": PLACED, **fields})


def paid_order(**fields: Any) -> Order:
    """Four minutes later it was paid."""
    paid = {"paid_at": PLACED + timedelta(minutes=4), "due_at": PROMISED}
    order = claires_order(status="paid", **paid | fields)
    claires_payment(order, status="completed")
    return order


def long_order(**fields: Any) -> Order:
    """Whatever may be long is."""
    service = Service.objects.get(slug="premium")
    Service.objects.filter(pk=service.pk).update(name=LONG_SERVICE, price=12_345_600)
    service.refresh_from_db()
    expert = camille()
    Expert.objects.filter(pk=expert.pk).update(name=LONG_NAME)
    expert.refresh_from_db()
    return claires_order(service=service, expert=expert, **fields)


def in_its_time(order: Order) -> Order:
    """What the staff has just done was done in the days after the order."""
    Order.objects.filter(pk=order.pk).update(
        created_at=PLACED,
        paid_at=PLACED + timedelta(minutes=4),
        due_at=PROMISED,
        completed_at=F("completed_at") and PLACED + timedelta(days=2),
    )
    for step, event in enumerate(OrderEvent.objects.filter(order=order).order_by("at")):
        OrderEvent.objects.filter(pk=event.pk).update(
            at=PLACED + timedelta(hours=5 + 9 * step)
        )
    for reading in order.readings.all():
        written = PLACED + timedelta(days=2)
        Reading.objects.filter(pk=reading.pk).update(created_at=written)
        Validation.objects.filter(reading=reading).update(validated_at=written)
    order.refresh_from_db()
    return order


def refunded(order: Order, amount: int, **fields: Any) -> Refund:
    """Of the order's payment, the day after."""
    payment = order.payments.get()
    day = PLACED + timedelta(days=1)
    facts = {"amount": amount, "currency": order.currency, "created_at": day}
    refund = Refund.objects.create(
        payment=payment,
        order_number=order.number,
        requested_by="claire",
        **facts | fields,
    )
    if refund.status == "succeeded":
        Payment.objects.filter(pk=payment.pk).update(amount_refunded=amount)
    return refund
