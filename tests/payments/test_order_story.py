"""What a customer reads on the page of their order: what was, what is, what comes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from orders.actions.hold import place_hold, release_hold
from orders.actions.validate_reading import reject_reading
from orders.models import Order
from orders.models.hold import HoldReason
from orders.models.order import DeliveryFormat
from orders.status import OrderStatus
from payments.models import Payment
from payments.order_state import deciding_payment, standing_of
from payments.order_story import story_of
from payments.story_step import Step
from tests.factories.orders import make_order
from tests.factories.payments import make_payment, make_refund
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_paid_order,
    make_person,
    make_submitted_reading,
)
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db
SECOND_LOOK, HANDED_OVER = "Un second regard la relit", "Votre lecture vous est remise"


def collected(order: Order, **fields: Any) -> Payment:
    return make_payment(order=order, status="completed", **fields)


def story(order: Order) -> list[Step]:
    order.refresh_from_db()
    standing = standing_of(order, deciding_payment(order))
    return story_of(order, standing, order.payments.all())


def told(order: Order) -> list[tuple[str, str]]:
    return [(step.title, step.state.value) for step in story(order)]


@pytest.mark.parametrize("status", ["pending", "failed", "cancelled"])
def test_what_nobody_paid_has_no_story(status: str) -> None:
    order = make_order()
    make_payment(order=order, status=status)

    assert told(order) == []


def test_a_payment_under_way_is_awaited_and_never_called_received() -> None:
    order = make_order()
    make_payment(order=order, status="processing")

    assert told(order) == [
        ("Commande passée", "done"),
        ("Paiement en attente de confirmation", "current"),
        (SECOND_LOOK, "coming"),
        (HANDED_OVER, "coming"),
    ]


def test_each_step_of_the_work_is_told_in_its_turn() -> None:
    paid, assigned = make_paid_order(), make_assigned_order()
    submitted = make_submitted_reading().order
    delivered = make_delivered_order()
    for order in (paid, assigned, submitted, delivered):
        collected(order)

    assert [title for title, _ in told(paid)][2:] == [
        "Camille Aubry va vous lire",
        SECOND_LOOK,
        HANDED_OVER,
    ]
    assert told(assigned)[2:4] == [
        ("Confiée à Camille Aubry", "done"),
        ("Camille Aubry écrit votre lecture", "current"),
    ]
    assert told(submitted)[3:] == [
        ("Lecture écrite", "done"),
        (SECOND_LOOK, "current"),
        (HANDED_OVER, "coming"),
    ]
    assert told(delivered)[4:] == [("Lecture relue et prête", "done")]
    assert [step.at is not None for step in story(delivered)] == [True] * 5


def test_a_reading_sent_back_is_being_written_again() -> None:
    reading = make_submitted_reading()
    collected(reading.order)
    reject_reading(reading, validator=make_person("valérie"), reason="Trop court.")

    steps = story(reading.order)

    assert "Trop court" not in str(steps)
    assert [step.title for step in steps][3:5] == [
        "Camille Aubry écrit votre lecture",
        SECOND_LOOK,
    ]


def test_the_promised_day_is_told_and_a_late_reading_is_owned_up_to() -> None:
    on_time = make_paid_order(due_at=now() + timedelta(days=2))
    late = make_paid_order(due_at=now() - timedelta(hours=1))
    for order in (on_time, late):
        collected(order)

    assert story(on_time)[-1].by_when == on_time.due_at
    assert "désolés" not in story(on_time)[-1].text
    assert "désolés" in story(late)[-1].text


def test_whatsapp_is_not_called_an_email() -> None:
    order = make_paid_order(delivery_format=DeliveryFormat.WHATSAPP)
    collected(order)

    assert "WhatsApp" in story(order)[-1].text
    assert "e-mail" not in story(order)[-1].text


@pytest.mark.parametrize(
    ("status", "title", "state"),
    [
        ("pending", "Remboursement de 10,00 € en cours", "current"),
        ("requires_action", "Remboursement de 10,00 € en attente", "current"),
        ("succeeded", "10,00 € remboursés", "done"),
        ("failed", "Remboursement de 10,00 € non abouti", "halted"),
        ("canceled", "Remboursement de 10,00 € annulé", "done"),
    ],
)
def test_each_refund_is_told_with_its_sum(status: str, title: str, state: str) -> None:
    order = make_paid_order()
    make_refund(collected(order), status=status)

    assert (title.replace(" €", "\u00a0€"), state) in told(order)


def test_a_refund_of_yen_has_no_decimals() -> None:
    order = make_paid_order(amount=12500, currency="jpy")
    make_refund(collected(order), amount=500, status="succeeded")

    assert ("500\u00a0¥ remboursés", "done") in told(order)


def test_refunds_stand_among_the_steps_by_their_day() -> None:
    order = make_delivered_order()
    payment = collected(order)
    make_refund(
        payment, status="succeeded", created_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    make_refund(payment, amount=500, created_at=now())

    titles = [title for title, _ in told(order)]

    assert titles[0] == "10,00\u00a0€ remboursés"
    assert titles[-1] == "Remboursement de 5,00\u00a0€ en cours"


def test_a_refunded_order_keeps_what_was_done_and_promises_nothing() -> None:
    order = make_assigned_order()
    make_refund(collected(order), amount=7900, status="succeeded")
    order.move_to(OrderStatus.REFUNDED, by="claire")

    assert [title for title, _ in told(order)] == [
        "Commande passée",
        "Paiement de 79,00\u00a0€ reçu",
        "Confiée à Camille Aubry",
        "79,00\u00a0€ remboursés",
    ]


@pytest.mark.parametrize(
    ("reason", "said", "unsaid"),
    [
        (HoldReason.DISPUTE, "contesté", "vérifions"),
        (HoldReason.FRAUD_WARNING, "vérifions", "fraude"),
        (HoldReason.MISMATCH, "vérifions", "comptes"),
    ],
)
def test_a_hold_says_what_is_waited_for_and_accuses_nobody(
    reason: HoldReason, said: str, unsaid: str
) -> None:
    order = make_assigned_order()
    collected(order)
    place_hold(order, reason=reason, about="x_1", by="stripe")

    last = story(order)[-1]

    assert (last.title, last.state) == ("Consultation suspendue", "halted")
    assert said in last.text
    assert unsaid not in last.text

    release_hold(order, reason=reason, about="x_1", by="claire")

    assert told(order)[-1] == (HANDED_OVER, "coming")


def test_the_page_shows_the_story_and_both_sums_of_refunds(client: Client) -> None:
    order = make_paid_order()
    payment = collected(order, amount_refunded=1500, amount_refunding=900)
    make_refund(payment, amount=1500, status="succeeded")
    make_refund(payment, amount=900)
    before = table_contents()

    page = client.get(order.get_absolute_url()).content.decode()

    assert "15,00\u00a0€ remboursés" in page
    assert "Remboursement de 9,00\u00a0€ en cours" in page
    assert "a…@example.org" in page
    assert "claire" not in page.replace("éclaire", "")
    assert table_contents() == before


def test_a_suspended_order_is_not_announced_as_under_way(client: Client) -> None:
    order = make_delivered_order()
    collected(order)
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    page = client.get(order.get_absolute_url()).content.decode()

    assert "Votre commande est suspendue" in page
    assert "Lire ma lecture" not in page


def test_the_story_asks_the_database_as_often_for_many_refunds(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    order = make_paid_order()
    payment = collected(order)
    for amount in range(100, 120):
        make_refund(payment, amount=amount)

    with django_assert_max_num_queries(8):
        client.get(order.get_absolute_url())
