from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from orders.actions.assign import assign_order
from orders.actions.hold import place_hold, release_all_holds
from orders.actions.work_rules import (
    NotTheirWork,
    OnHold,
    Refunded,
    WorkRefused,
    WrongState,
)
from orders.actions.write_reading import write_reading
from orders.models import Reading
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.factories.work import (
    author_of,
    make_assigned_order,
    make_delivered_order,
    make_paid_order,
    make_person,
    make_submitted_reading,
    make_working_expert,
    write,
)
from tests.orders.making_sounds import file

pytestmark = pytest.mark.django_db


def test_only_the_expert_at_work_writes() -> None:
    order = make_assigned_order()
    others = [make_person("admin", is_superuser=True), make_person("valérie")]

    for other in others:
        with pytest.raises(NotTheirWork):
            write_reading(order, text="Moi.", author=other, expected_revision=0)

    assert not Reading.objects.exists()


def test_who_has_it_no_longer_writes_no_more_and_the_next_one_goes_on() -> None:
    order = make_assigned_order()
    camille = author_of(order)
    write(order, "Partez.")
    noor = make_working_expert(slug="noor")
    assign_order(order, to=noor, by="support")
    order.refresh_from_db()

    with pytest.raises(NotTheirWork):
        write_reading(order, text="Encore.", author=camille, expected_revision=1)
    # The same words under another name are another revision.
    taken_over = write(order, "Partez.")

    assert (taken_over.revision, taken_over.author) == (2, noor.user)


def test_nobody_writes_before_or_after_the_preparation() -> None:
    paid = make_paid_order()
    submitted = make_submitted_reading().order
    delivered = make_delivered_order()

    for order in (paid, submitted, delivered):
        with pytest.raises(WrongState):
            write(order, "Encore.")


def test_a_refund_stops_the_writing_and_its_failure_lets_it_go_on() -> None:
    order = make_assigned_order()
    order.move_to(OrderStatus.REFUNDED, by="stripe")

    with pytest.raises(Refunded):
        write(order)
    order.undo_refund(by="stripe", note="")

    assert write(order).revision == 1


def test_a_frozen_order_is_not_written_for_until_it_is_free() -> None:
    order = make_assigned_order()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    with pytest.raises(OnHold):
        write(order)
    release_all_holds(order, by="support", note="Vu.")

    assert write(order).revision == 1


def test_nothing_is_stored_for_who_may_not_write() -> None:
    order = make_paid_order()

    with pytest.raises(WorkRefused):
        write(order, attachments=[file(b"ID3" + b"never kept", "a.mp3")])

    folder = Path(default_storage.path("readings"))
    kept = [path.read_bytes() for path in folder.glob("*")]
    assert not any(b"never kept" in content for content in kept)
