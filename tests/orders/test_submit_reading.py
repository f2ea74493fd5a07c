import pytest

from lumira.audit.models import AuditEntry
from orders.actions.assign import assign_order
from orders.actions.hold import place_hold, release_all_holds
from orders.actions.submit_reading import submit_reading
from orders.actions.validate_reading import reject_reading
from orders.actions.work_rules import (
    AlreadyDecided,
    NotTheirWork,
    OnHold,
    ReadingChanged,
    Refunded,
)
from orders.models import ExpertReview, Order, OrderEvent, Reading, Validation
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.factories.work import (
    make_assigned_order,
    make_person,
    make_submitted_reading,
    make_working_expert,
    write,
)
from tests.lumira.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_handed_in_waits_for_a_second_person() -> None:
    reading = write(make_assigned_order())

    done = submit_reading(reading, by="camille")

    asked, review = Validation.objects.get(), ExpertReview.objects.get()
    assert done is True
    assert Order.objects.get().status == OrderStatus.AWAITING_VALIDATION
    assert (asked.reading, asked.status, asked.validator) == (reading, "pending", None)
    assert review.status == "pending"
    assert review.reviewed_at is not None
    entry = AuditEntry.objects.get(action="reading.submitted")
    assert (entry.by, entry.after) == (
        "camille",
        {"status": "awaiting_validation", "revision": 1},
    )


def test_a_repeat_asks_once() -> None:
    reading = write(make_assigned_order())

    answers = [submit_reading(reading, by="camille") for _ in range(3)]

    assert answers == [True, False, False]
    assert Validation.objects.count() == 1
    assert OrderEvent.objects.filter(after="awaiting_validation").count() == 1


def test_a_double_click_asks_once() -> None:
    reading = write(make_assigned_order())

    answers = at_once(
        6, lambda _: submit_reading(Reading.objects.get(pk=reading.pk), by="camille")
    )

    assert sorted(answers, key=str) == [False] * 5 + [True]
    assert Validation.objects.count() == 1


def test_only_the_latest_revision_is_handed_in() -> None:
    order = make_assigned_order()
    first = write(order, "Partez.")
    second = write(order, "Restez.")

    with pytest.raises(ReadingChanged):
        submit_reading(first, by="camille")

    assert submit_reading(second, by="camille") is True


def test_nobody_hands_in_for_the_expert() -> None:
    reading = write(make_assigned_order())
    make_person("admin", is_superuser=True)

    with pytest.raises(NotTheirWork):
        submit_reading(reading, by="admin")

    assert not Validation.objects.exists()


def test_the_words_of_who_had_it_before_are_not_handed_in_by_the_next() -> None:
    order = make_assigned_order()
    reading = write(order)
    assign_order(order, to=make_working_expert(slug="noor"), by="support")

    for somebody in ("camille", "noor"):
        with pytest.raises(NotTheirWork):
            submit_reading(reading, by=somebody)

    assert Order.objects.get().status == OrderStatus.PROCESSING


def test_what_was_refused_is_written_again_first() -> None:
    reading = make_submitted_reading()
    reject_reading(reading, validator=make_person("valérie"), reason="Trop court.")

    with pytest.raises(AlreadyDecided):
        submit_reading(reading, by="camille")
    second = write(Order.objects.get(), "Plus longuement.")

    assert submit_reading(second, by="camille") is True


def test_a_refund_or_a_dispute_stops_it_and_its_end_lets_it_go_on() -> None:
    order = make_assigned_order()
    reading = write(order)

    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")
    with pytest.raises(OnHold):
        submit_reading(reading, by="camille")
    release_all_holds(order, by="support", note="Vu.")
    order.move_to(OrderStatus.REFUNDED, by="stripe")
    with pytest.raises(Refunded):
        submit_reading(reading, by="camille")
    order.undo_refund(by="stripe", note="")

    assert submit_reading(reading, by="camille") is True
