from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from lumira.audit.models import AuditEntry
from lumira.outbox.models import Message
from orders.actions.assign import assign_order, claim_order
from orders.actions.hold import place_hold, release_all_holds
from orders.actions.work_rules import (
    AlreadyTaken,
    NotPaid,
    OnHold,
    Refunded,
    WorkRefused,
    WrongExpert,
    WrongState,
)
from orders.models import Expert, ExpertReview, Order, OrderEvent
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.factories.catalogue import make_service
from tests.factories.orders import make_order
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_paid_order,
    make_submitted_reading,
    make_working_expert,
)
from tests.lumira.at_once import at_once
from tests.lumira.table_contents import table_contents

pytestmark = pytest.mark.django_db(transaction=True)
HandOver = Callable[[Order, Expert], bool]


def assign(order: Order, expert: Expert) -> bool:
    return assign_order(order, to=expert, by="support")


def claim(order: Order, expert: Expert) -> bool:
    return claim_order(order, expert=expert, by=expert.slug)


both = pytest.mark.parametrize("hand_over", [assign, claim])


def test_an_assigned_order_is_in_preparation_with_its_expert() -> None:
    order = make_paid_order(expert=None)
    noor = make_working_expert(slug="noor")

    done = assign_order(order, to=noor, by="support", note="Elle connaît la cliente.")

    order.refresh_from_db()
    review = ExpertReview.objects.get()
    assert done is True
    assert (order.status, order.expert) == (OrderStatus.PROCESSING, noor)
    assert (review.expert, review.status) == (noor, "pending")
    assert review.assigned_at is not None
    line = OrderEvent.objects.get()
    assert (line.before, line.after, line.by) == ("paid", "processing", "support")
    assert "Elle connaît la cliente." in line.note


def test_who_assigned_it_is_in_the_journal() -> None:
    order = make_paid_order()
    noor = make_working_expert(slug="noor")

    assign(order, noor)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == ("order.assigned", "support")
    assert entry.about_id == str(order.pk)
    assert entry.before == {"status": "paid", "expert": "camille"}
    assert entry.after == {"status": "processing", "expert": "noor"}


def test_the_expert_gets_a_mail_with_the_way_to_the_order_and_nothing_else(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_paid_order(intake={"specificQuestion": "Dois-je partir ?"})
    noor = make_working_expert(slug="noor")

    assign(order, noor)

    [mail] = mailoutbox
    text = f"{mail.subject} {mail.body}"
    assert mail.to == ["noor@lumira.example"]
    assert f"http://testserver/admin/orders/order/{order.pk}/change/" in text
    assert order.number in mail.subject
    assert not {"Alice", "alice", "partir"} & set(text.replace("@", " ").split())


def test_an_expert_without_an_address_gets_no_mail(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_paid_order()
    noor = make_working_expert(slug="noor")
    assert noor.user
    noor.user.email = ""
    noor.user.save()

    assign(order, noor)

    assert not mailoutbox
    assert Message.objects.get().sent_at is not None


def test_an_expert_takes_an_order_that_names_nobody_or_them() -> None:
    named, unnamed = make_paid_order(), make_paid_order(expert=None)
    camille = make_working_expert()

    answers = [claim(order, camille) for order in (named, unnamed)]

    assert answers == [True, True]
    orders = Order.objects.filter(status=OrderStatus.PROCESSING, expert=camille)
    assert orders.count() == 2
    assert {entry.action for entry in AuditEntry.objects.all()} == {"order.claimed"}
    assert not Message.objects.exists()


def test_an_order_for_somebody_else_is_not_for_the_taking() -> None:
    order = make_paid_order()
    noor = make_working_expert(slug="noor")

    with pytest.raises(WrongExpert, match="Camille"):
        claim(order, noor)

    assert not ExpertReview.objects.exists()


@both
def test_a_repeat_changes_nothing(hand_over: HandOver) -> None:
    order = make_paid_order()
    camille = make_working_expert()
    hand_over(order, camille)

    again = [hand_over(order, camille), hand_over(Order.objects.get(), camille)]

    assert again == [False, False]
    assert ExpertReview.objects.count() == OrderEvent.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_while_it_is_prepared_another_expert_can_go_on() -> None:
    order = make_assigned_order()
    noor = make_working_expert(slug="noor")

    done = assign_order(order, to=noor, by="support", note="Camille est malade.")

    order.refresh_from_db()
    old, new = order.reviews.order_by("assigned_at")
    last = order.events.last()
    assert done is True
    assert (order.status, order.expert) == (OrderStatus.PROCESSING, noor)
    assert (old.status, new.status, new.expert) == ("rejected", "pending", noor)
    assert "Camille est malade." in old.notes
    assert last is not None
    assert (last.before, last.after) == ("processing", "processing")


def test_who_looked_before_the_other_assigned_takes_nothing_away() -> None:
    order = make_paid_order()
    seen_before = Order.objects.get()
    assign(order, make_working_expert())

    with pytest.raises(AlreadyTaken, match="l’a déjà"):
        assign(seen_before, make_working_expert(slug="noor"))

    assert Order.objects.get().expert == make_working_expert()


@both
@pytest.mark.parametrize("count", [2, 8])
def test_of_people_at_once_one_wins_and_the_others_are_told(
    hand_over: HandOver, count: int
) -> None:
    order = make_paid_order(expert=None)
    experts = [make_working_expert(slug=f"expert-{n}") for n in range(count)]

    answers = at_once(
        count, lambda n: hand_over(Order.objects.get(pk=order.pk), experts[n])
    )

    # Who reads after the winner gives it to the next: only assigning may do that.
    refused = [answer for answer in answers if isinstance(answer, AlreadyTaken)]
    won = answers.count(True)
    assert won + len(refused) == count
    assert won >= 1
    if hand_over is claim:
        assert won == 1
    under_way = ExpertReview.objects.filter(status="pending")
    assert under_way.get().expert_id == Order.objects.get().expert_id
    assert ExpertReview.objects.count() == won


def test_of_two_who_saw_the_same_order_one_assigns_it() -> None:
    seen = [make_paid_order()]
    seen += [Order.objects.get()]
    experts = [make_working_expert(slug=slug) for slug in ("noor", "elias")]

    answers = at_once(2, lambda n: assign(seen[n], experts[n]))

    assert sorted(type(answer).__name__ for answer in answers) == [
        "AlreadyTaken",
        "bool",
    ]
    assert ExpertReview.objects.count() == 1


@both
@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("pending", NotPaid),
        ("failed", NotPaid),
        ("refunded", Refunded),
        ("awaiting_validation", WrongState),
        ("completed", WrongState),
    ],
)
def test_an_order_in_another_state_is_refused_with_a_sentence(
    hand_over: HandOver, status: str, reason: type[WorkRefused]
) -> None:
    camille = make_working_expert()
    order = make_order(expert=camille, status=status)
    before = table_contents()

    with pytest.raises(reason) as refused:
        hand_over(order, camille)

    assert str(refused.value).endswith(".")
    assert table_contents() == before


def test_what_is_being_validated_or_approved_is_not_given_to_another() -> None:
    noor = make_working_expert(slug="noor")
    orders = [make_submitted_reading().order, make_delivered_order()]

    for order in orders:
        with pytest.raises(WrongState):
            assign(order, noor)

    assert not ExpertReview.objects.filter(expert=noor).exists()


@both
def test_a_frozen_order_is_refused_and_goes_on_when_it_is_free(
    hand_over: HandOver,
) -> None:
    order = make_paid_order()
    camille = make_working_expert()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    with pytest.raises(OnHold):
        hand_over(order, camille)
    release_all_holds(order, by="support", note="Vu.")

    assert hand_over(order, camille) is True


def test_after_a_refund_that_failed_the_order_can_be_assigned() -> None:
    order = make_paid_order()
    order.move_to(OrderStatus.REFUNDED, by="stripe")
    order.undo_refund(by="stripe", note="Le remboursement a échoué.")

    assert assign(order, make_working_expert()) is True


@both
def test_an_expert_who_left_or_does_not_offer_it_is_refused(
    hand_over: HandOver,
) -> None:
    order = make_paid_order(expert=None)
    gone = make_working_expert(slug="gone")
    Expert.objects.filter(pk=gone.pk).update(is_active=False)
    other = make_working_expert(make_service(slug="vip"), slug="other")

    for expert in (gone, other):
        with pytest.raises(WrongExpert):
            hand_over(order, expert)

    assert Order.objects.get().status == OrderStatus.PAID
