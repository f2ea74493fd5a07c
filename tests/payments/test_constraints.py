"""What the database itself does not allow, whoever asks."""

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from payments.models import Payment, ProcessedEvent
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
OPEN = ["pending", "processing", "failed"]


@pytest.mark.parametrize("second", OPEN)
@pytest.mark.parametrize("first", OPEN)
def test_an_order_has_one_open_payment(first: str, second: str) -> None:
    order = make_order()
    make_payment(order=order, status=first)

    with pytest.raises(IntegrityError):
        make_payment(order=order, status=second)


@pytest.mark.parametrize("closed", ["completed", "cancelled"])
def test_closed_payments_leave_room_for_an_open_one(closed: str) -> None:
    order = make_order()
    for status in (closed, closed, "pending"):
        make_payment(order=order, status=status)

    assert Payment.objects.filter(order=order).count() == 3


def test_an_intent_belongs_to_one_payment() -> None:
    make_payment(intent_id="pi_1")

    with pytest.raises(IntegrityError):
        make_payment(intent_id="pi_1")


def test_any_number_of_payments_wait_for_their_intent() -> None:
    make_payment(intent_id=None)
    make_payment(intent_id=None)

    assert Payment.objects.filter(intent_id=None).count() == 2


def test_a_payment_is_of_something() -> None:
    with pytest.raises(IntegrityError):
        make_payment(amount=0)


def test_an_event_is_kept_once() -> None:
    ProcessedEvent.objects.create(event_id="evt_1", type="x", livemode=False)

    with pytest.raises(IntegrityError):
        ProcessedEvent.objects.create(event_id="evt_1", type="x", livemode=False)


def test_an_order_with_payments_cannot_be_deleted() -> None:
    payment = make_payment()

    with pytest.raises(ProtectedError):
        payment.order.delete()
