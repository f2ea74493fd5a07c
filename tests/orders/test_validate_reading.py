from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from lumira.accounts.models import User
from lumira.audit.models import AuditEntry
from lumira.outbox.models import Message
from orders.actions.hold import place_hold, release_all_holds
from orders.actions.submit_reading import submit_reading
from orders.actions.validate_reading import approve_reading, reject_reading
from orders.actions.work_rules import (
    AlreadyDecided,
    OnHold,
    OwnReading,
    Refunded,
    WorkRefused,
    WrongState,
)
from orders.models import Delivery, ExpertReview, Order, Reading, Validation
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.factories.work import (
    author_of,
    make_assigned_order,
    make_delivered_order,
    make_person,
    make_submitted_reading,
    make_working_expert,
    write,
)
from tests.lumira.at_once import at_once
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db(transaction=True)
Decide = Callable[[Reading, User], bool]


def approve(reading: Reading, validator: User) -> bool:
    return approve_reading(reading, validator=validator)


def reject(reading: Reading, validator: User) -> bool:
    return reject_reading(reading, validator=validator, reason="Trop court.")


both = pytest.mark.parametrize("decide", [approve, reject])


def test_an_approved_reading_is_delivered_and_told() -> None:
    reading = make_submitted_reading()
    valerie = make_person("valérie")

    done = approve_reading(reading, validator=valerie, notes="Très juste.")

    order, decision = Order.objects.get(), Validation.objects.get()
    delivery = Delivery.objects.get()
    assert done is True
    assert (order.status, order.expert) == (OrderStatus.COMPLETED, reading.order.expert)
    assert order.completed_at is not None
    assert (decision.status, decision.validator) == ("approved", valerie)
    assert (decision.notes, decision.rejection_reason) == ("Très juste.", "")
    assert decision.validated_at is not None
    assert ExpertReview.objects.get().status == "approved"
    assert (delivery.order, delivery.reading) == (order, reading)
    message = Message.objects.get(topic="reading_ready")
    assert message.payload == {"order_id": str(order.pk)}


def test_a_rejected_reading_goes_back_with_its_reason(
    mailoutbox: list[EmailMessage],
) -> None:
    reading = make_submitted_reading()
    mailoutbox.clear()

    done = reject_reading(
        reading,
        validator=make_person("valérie"),
        reason=" Elle demande pourquoi. ",
        notes="À dire au téléphone.",
    )

    order, decision = Order.objects.get(), Validation.objects.get()
    review = ExpertReview.objects.get()
    assert done is True
    assert order.status == OrderStatus.PROCESSING
    assert decision.status == "rejected"
    assert decision.rejection_reason == "Elle demande pourquoi."
    assert decision.notes == "À dire au téléphone."
    assert (review.status, review.revision_count) == ("revision_needed", 1)
    assert not Delivery.objects.exists()
    [mail] = mailoutbox
    assert mail.to == ["camille@lumira.example"]
    assert f"/admin/orders/order/{order.pk}/change/" in str(mail.body)
    assert "demande" not in str(mail.body)


@both
def test_the_decision_is_in_the_journal_without_what_was_said(decide: Decide) -> None:
    reading = make_submitted_reading(text="Partez au printemps.")

    decide(reading, make_person("valérie"))

    entry = AuditEntry.objects.order_by("sequence").last()
    assert entry is not None
    assert entry.action in ("reading.approved", "reading.rejected")
    assert (entry.by, entry.after["revision"]) == ("valérie", 1)
    assert "court" not in str(entry.after) + str(entry.before)
    events = [event.note for event in Order.objects.get().events.all()]
    assert not any("court" in note for note in events)


def test_after_two_refusals_the_third_revision_is_the_one_delivered() -> None:
    order = make_assigned_order()
    valerie = make_person("valérie")
    for text in ("Un.", "Deux."):
        reading = write(order, text)
        submit_reading(reading, by="camille")
        reject(reading, valerie)
    last = write(order, "Trois.")
    submit_reading(last, by="camille")

    approve(last, valerie)

    assert ExpertReview.objects.get().revision_count == 2
    assert Delivery.objects.get().reading == last
    decisions = Validation.objects.order_by("reading__revision")
    assert [row.status for row in decisions] == ["rejected", "rejected", "approved"]


@both
def test_a_repeat_changes_nothing(decide: Decide) -> None:
    reading, valerie = make_submitted_reading(), make_person("valérie")
    decide(reading, valerie)
    before = table_contents()

    again = decide(reading, valerie)

    after = table_contents()
    assert again is False
    for table in ("Validation", "Delivery", "ExpertReview", "OrderEvent"):
        assert after[f"orders.{table}"] == before[f"orders.{table}"]
    assert after["audit.AuditEntry"] == before["audit.AuditEntry"]


def test_another_decision_or_another_person_comes_too_late() -> None:
    reading = make_submitted_reading()
    valerie, sami = make_person("valérie"), make_person("sami")
    approve(reading, valerie)

    for decide, person in ((reject, valerie), (approve, sami), (reject, sami)):
        with pytest.raises(AlreadyDecided, match="valérie"):
            decide(reading, person)

    assert Order.objects.get().status == OrderStatus.COMPLETED


def test_of_validators_at_once_one_decides_and_the_others_are_told() -> None:
    reading = make_submitted_reading()
    people = [make_person(f"validator-{n}") for n in range(6)]

    def decide(n: int) -> bool:
        return (approve, reject)[n % 2](Reading.objects.get(pk=reading.pk), people[n])

    answers = at_once(6, decide)

    assert answers.count(True) == 1
    assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 5
    approved = Validation.objects.get().status == "approved"
    status = OrderStatus.COMPLETED if approved else OrderStatus.PROCESSING
    assert Order.objects.get().status == status
    assert Delivery.objects.count() == approved


def test_a_double_click_delivers_once() -> None:
    reading, valerie = make_submitted_reading(), make_person("valérie")

    answers = at_once(6, lambda _: approve(reading, valerie))

    assert sorted(answers, key=str) == [False] * 5 + [True]
    assert Delivery.objects.count() == 1
    assert Message.objects.filter(topic="reading_ready").count() == 1


@both
def test_nobody_decides_on_what_they_wrote(decide: Decide) -> None:
    reading = make_submitted_reading()

    with pytest.raises(OwnReading):
        decide(reading, author_of(reading.order))

    assert Validation.objects.get().status == "pending"


@both
def test_another_expert_may_decide(decide: Decide) -> None:
    noor = make_working_expert(slug="noor").user
    assert noor

    assert decide(make_submitted_reading(), noor) is True


@both
def test_what_was_not_handed_in_is_not_decided_on(decide: Decide) -> None:
    reading = write(make_assigned_order())

    with pytest.raises(WrongState):
        decide(reading, make_person("valérie"))

    assert not Validation.objects.exists()


@both
def test_an_older_revision_than_the_one_handed_in_is_not_decided_on(
    decide: Decide,
) -> None:
    order = make_assigned_order()
    first = write(order, "Un.")
    submit_reading(write(order, "Deux."), by="camille")

    with pytest.raises(WorkRefused):
        decide(first, make_person("valérie"))

    assert Validation.objects.get().status == "pending"


def test_a_refusal_says_why() -> None:
    reading = make_submitted_reading()

    with pytest.raises(WorkRefused, match="pourquoi"):
        reject_reading(reading, validator=make_person("valérie"), reason=" ")

    assert Validation.objects.get().status == "pending"


@both
def test_a_dispute_stops_it_and_its_end_lets_it_go_on(decide: Decide) -> None:
    reading, valerie = make_submitted_reading(), make_person("valérie")
    place_hold(reading.order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    with pytest.raises(OnHold):
        decide(reading, valerie)
    release_all_holds(reading.order, by="support", note="Vu.")

    assert decide(reading, valerie) is True


@both
def test_a_refund_stops_it_and_its_failure_lets_it_go_on(decide: Decide) -> None:
    reading, valerie = make_submitted_reading(), make_person("valérie")
    reading.order.move_to(OrderStatus.REFUNDED, by="stripe")

    with pytest.raises(Refunded):
        decide(reading, valerie)
    reading.order.undo_refund(by="stripe", note="")

    assert decide(reading, valerie) is True


def test_of_a_refund_and_an_approval_at_once_the_history_is_one_road() -> None:
    reading, valerie = make_submitted_reading(), make_person("valérie")

    def act(n: int) -> bool:
        if n:
            return approve(Reading.objects.get(pk=reading.pk), valerie)
        order = Order.objects.get(pk=reading.order_id)
        return order.move_to(OrderStatus.REFUNDED, by="stripe")

    answers = at_once(2, act)

    assert answers[0] is True
    assert answers[1] is True or isinstance(answers[1], Refunded)
    assert Order.objects.get().status == OrderStatus.REFUNDED
    assert Delivery.objects.count() == (answers[1] is True)


def test_a_delivered_order_has_nothing_left_to_decide() -> None:
    order = make_delivered_order()
    reading = Reading.objects.get()

    with pytest.raises(AlreadyDecided):
        reject(reading, make_person("sami"))

    assert Order.objects.get(pk=order.pk).status == OrderStatus.COMPLETED
