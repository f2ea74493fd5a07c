"""lumira.kit.prepared_writes: what is saved is what Django would have saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model, Value
from django.db.models.functions import Now
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from lumira.kit.prepared_writes import insert, insert_unless_there, update_where
from lumira.limits.models import Origin
from lumira.outbox.models import Message
from orders.models import Order, OrderEvent
from orders.status import OrderStatus
from payments.models import Payment, ProcessedEvent
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
ONLY_SQL = pytest.mark.skipif(
    connection.vendor == "mongodb", reason="MongoDB has no SQL to write once."
)


def an_order() -> Order:
    order = copy(make_order(intake={"question": "Où est Zoé ?"}, name="Zoé"))
    order.pk, order.number = uuid4(), "LU260101-AAAAAA"
    return order


def a_payment() -> Payment:
    payment = copy(make_payment())
    payment.pk, payment.intent_id = uuid4(), None
    payment.order_id = make_order().pk
    return payment


def an_event_of_an_order() -> OrderEvent:
    return OrderEvent(order=make_order(), before="", after="paid", by="stripe")


def a_message() -> Message:
    return Message(key="a", topic="order_paid", payload={"n": 1, "of": None})


def an_event() -> ProcessedEvent:
    return ProcessedEvent(event_id="evt_1", type="a.b", livemode=False, attempts=1)


def an_origin() -> Origin:
    return Origin(key="network:1", subject="2", noted_at=now())


def facts_of(row: Model) -> dict[str, Any]:
    facts = type(row)._base_manager.filter(pk=row.pk).values().get()
    # Says when it was saved.
    return {name: value for name, value in facts.items() if name != "updated_at"}


@pytest.mark.parametrize(
    "make",
    [an_order, a_payment, an_event_of_an_order, a_message, an_event, an_origin],
)
def test_what_is_inserted_is_what_django_saves(make: Callable[[], Model]) -> None:
    row = make()
    twin = copy(row)
    twin._state = copy(row._state)
    manager = type(row)._base_manager

    row.save(force_insert=True)
    saved = facts_of(row)
    manager.filter(pk=row.pk).delete()
    insert(twin)

    assert facts_of(twin) == saved
    assert (twin._state.adding, twin._state.db) == (False, "default")
    twin.save()  # an UPDATE of the same row
    assert manager.filter(pk=twin.pk).count() == 1


def test_a_key_that_is_taken_is_refused_and_spoils_the_transaction() -> None:
    insert(an_event())

    with pytest.raises(IntegrityError), a_transaction_that_is_spoilt():
        insert(an_event())

    assert ProcessedEvent.objects.count() == 1


@contextmanager
def a_transaction_that_is_spoilt() -> Iterator[None]:
    with transaction.atomic():  # noqa: TID251 looked into
        try:
            yield
        finally:
            # MongoDB has dropped it by itself.
            assert connection.needs_rollback or connection.vendor == "mongodb"


def test_what_is_there_already_is_not_inserted_again() -> None:
    first, second = a_message(), a_message()

    told = [insert_unless_there(row, field="key") for row in (first, second)]

    assert told == [True, False]
    assert [row.pk for row in Message.objects.all()] == [first.pk]
    assert second._state.adding


def test_only_that_field_may_be_taken() -> None:
    first, second = a_message(), a_message()
    insert(first)
    second.pk, second.key = first.pk, "another"

    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: TID251 looked into
        insert_unless_there(second, field="key")


def test_who_listens_for_saves_hears_of_it() -> None:
    heard: list[Model] = []

    def listen(instance: Model, **_told: Any) -> None:
        heard.append(instance)

    row = a_message()
    post_save.connect(listen, sender=Message)
    try:
        insert(row)
    finally:
        post_save.disconnect(listen, sender=Message)

    assert heard == [row]


@ONLY_SQL
def test_an_expression_is_saved_as_what_it_comes_to() -> None:
    row = a_message()
    row.created_at, row.attempts = Now(), Value(1) + Value(2)

    insert(row)

    assert Message.objects.get().attempts == 3


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({"is_on_hold": False}, True),
        ({"is_on_hold": True}, False),
        ({"status": OrderStatus.PENDING, "amount": 7900}, True),
        ({"status": OrderStatus.PAID}, False),
        ({"paid_at": None, "user_id": None}, True),
        ({"follow_up_at": None}, False),
    ],
)
def test_a_row_is_changed_where_it_has_these_values(
    where: dict[str, object], fits: bool
) -> None:
    order = make_order(amount=7900, follow_up_at=now())
    other = make_order(amount=7900, follow_up_at=now())
    moment = now()
    changes = {
        "status": OrderStatus.PAID,
        "paid_at": moment,
        "follow_up_at": None,
        "is_on_hold": True,
    }

    changed = update_where(Order, {"pk": order.pk, **where}, changes)

    assert changed == Order.objects.filter(pk=order.pk, **changes).count() == int(fits)
    other.refresh_from_db()
    assert (other.status, other.is_on_hold) == (OrderStatus.PENDING, False)


def test_the_same_fields_with_other_values_are_another_change() -> None:
    order, moment = make_order(), now()

    for value in (moment, None, moment):
        update_where(Order, {"pk": order.pk}, {"paid_at": value})

        assert Order.objects.filter(pk=order.pk, paid_at=value).exists()

    assert update_where(Order, {"paid_at": None}, {"level": 2}) == 0
    assert update_where(Order, {"level": order.level}, {"paid_at": None}) == 1
    assert update_where(Order, {"paid_at": None}, {"level": 2}) == 1


def test_an_expression_among_the_changes_is_djangos_to_write() -> None:
    insert(an_event())

    update_where(ProcessedEvent, {"pk": "evt_1"}, {"attempts": F("attempts") + 1})

    assert ProcessedEvent.objects.get().attempts == 2


@ONLY_SQL
def test_each_is_one_statement() -> None:
    row = a_message()

    with CaptureQueriesContext(connection) as statements:
        insert_unless_there(row, field="key")
        update_where(Message, {"pk": row.pk}, {"attempts": 1})

    assert len(statements) == 2
