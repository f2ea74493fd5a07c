"""Nobody is written to who has paid, is about to, said no, or never asked."""

from collections.abc import Callable

import pytest

from lumira.limits.brake import pull_brake, release_brake
from lumira.limits.rests import FIRST_REST
from lumira.outbox.models import Message
from orders.actions.hold import place_hold
from orders.actions.place_renewal import place_renewal
from orders.actions.refuse_reminders import refuse_reminders
from orders.actions.settle import mark_paid
from orders.models import Order
from orders.models.erasure import ErasureReason
from orders.models.hold import HoldReason
from orders.privacy.erase import erase
from orders.privacy.person import Person
from tests.limits.shopping import decline
from tests.money.books import paid, pay, refund, run_reconcile
from tests.money.dashboard import settle_debit, switch_on_debits
from tests.sandbox_process import SandboxProcess
from tests.unpaid.leaving import (
    A_WHILE,
    TO_THE_REMINDER,
    letters,
    order_placed,
    refused,
    wait_and_work,
)

pytestmark = pytest.mark.django_db(transaction=True)
IBAN = "FR3020041010050500013M02609"


@pytest.fixture
def order(sandbox: SandboxProcess) -> Order:
    return order_placed()


def days_go_by() -> None:
    for time in (A_WHILE, TO_THE_REMINDER, TO_THE_REMINDER):
        wait_and_work(time)


def make_due(order: Order) -> None:
    """Whatever took it out of the worker's sight did not: the rule itself must hold."""
    Order.objects.filter(pk=order.pk).update(follow_up_at=order.created_at)


def test_who_paid(sandbox: SandboxProcess, order: Order) -> None:
    paid(sandbox, order)
    make_due(order)

    days_go_by()

    assert letters() == []


def test_who_paid_in_another_way(order: Order) -> None:
    mark_paid(order, at=order.created_at, by="claire")
    make_due(order)

    days_go_by()

    assert letters() == []


def test_who_paid_and_stripe_did_not_tell_us(
    sandbox: SandboxProcess, order: Order
) -> None:
    pay(sandbox, order)

    days_go_by()

    order.refresh_from_db()
    assert (order.status, letters()) == ("paid", [])


def test_who_was_refused_and_then_paid(sandbox: SandboxProcess, order: Order) -> None:
    refused(sandbox, order)
    paid(sandbox, order)

    days_go_by()

    assert letters() == []


def test_who_was_paid_back(sandbox: SandboxProcess, order: Order) -> None:
    refund(paid(sandbox, order), order.amount)
    make_due(order)

    days_go_by()

    order.refresh_from_db()
    assert (order.status, letters()) == ("refunded", [])


def test_who_waits_for_the_bank(sandbox: SandboxProcess, order: Order) -> None:
    switch_on_debits(sandbox)
    payment = paid(sandbox, order, type="sepa_debit", iban=IBAN)

    days_go_by()
    before = letters()
    settle_debit(sandbox, payment, "succeed")
    run_reconcile()
    days_go_by()

    assert before == letters() == []


def test_whose_bank_says_no_at_last_is_told(
    sandbox: SandboxProcess, order: Order
) -> None:
    switch_on_debits(sandbox)
    payment = paid(sandbox, order, type="sepa_debit", iban=IBAN)
    days_go_by()
    settle_debit(sandbox, payment, "fail")
    run_reconcile()

    wait_and_work(A_WHILE)

    assert letters() == ["payment_failed"]


def test_an_order_on_hold(sandbox: SandboxProcess, order: Order) -> None:
    place_hold(order, reason=HoldReason.MISMATCH, about="pi_1", by="stripe")

    days_go_by()

    assert letters() == []


def test_an_order_that_nobody_paid_in_a_day(
    sandbox: SandboxProcess, order: Order
) -> None:
    refused(sandbox, order)
    wait_and_work(A_WHILE)
    wait_and_work(TO_THE_REMINDER)
    before = letters()

    wait_and_work(TO_THE_REMINDER)
    run_reconcile()
    order.refresh_from_db()
    days_go_by()

    assert order.payments.get().status == "cancelled"
    assert letters() == before


def test_a_person_who_was_erased(sandbox: SandboxProcess, order: Order) -> None:
    erase(Person((order.pk,)), by="claire", reason=ErasureReason.ASKED)

    days_go_by()

    order.refresh_from_db()
    assert (order.follow_up_at, letters()) == (None, [])


def test_an_order_without_an_address(sandbox: SandboxProcess) -> None:
    nobodys = order_placed(email="")
    refused(sandbox, nobodys)

    days_go_by()

    assert not Message.objects.filter(about=str(nobodys.pk)).exists()


def test_a_further_period_of_a_subscription(order: Order) -> None:
    """It has letters of its own, and is charged without them."""
    terms = {"amount": 100, "currency": "eur", "key": "invoice:1"}
    of_theirs = place_renewal(order, **terms, by="stripe")
    make_due(of_theirs)

    days_go_by()

    assert str(of_theirs.pk) not in Message.objects.values_list("about", flat=True)


def test_who_said_no(sandbox: SandboxProcess, order: Order) -> None:
    wait_and_work(A_WHILE)
    refuse_reminders(order)
    refused(sandbox, order)

    days_go_by()

    assert letters() == ["order_received"]


def test_a_no_is_meant_for_their_other_orders_too(
    sandbox: SandboxProcess, order: Order
) -> None:
    refuse_reminders(order)
    order_placed()

    days_go_by()

    assert letters() == []


def test_who_meanwhile_paid_the_same_in_another_order(
    sandbox: SandboxProcess, order: Order
) -> None:
    paid(sandbox, order_placed())

    days_go_by()

    assert letters() == []


def test_whose_other_order_waits_for_the_bank(
    sandbox: SandboxProcess, order: Order
) -> None:
    switch_on_debits(sandbox)
    paid(sandbox, order, type="sepa_debit", iban=IBAN)
    order_placed()

    days_go_by()

    assert letters() == []


def test_who_began_again_is_written_to_about_the_newest_order(order: Order) -> None:
    newest = order_placed()

    wait_and_work(A_WHILE)

    assert letters() == ["order_received"]
    assert Message.objects.get(topic="order_received").about == str(newest.pk)


def test_who_paid_something_a_week_before_is_written_to(
    sandbox: SandboxProcess,
) -> None:
    paid(sandbox, order_placed())
    days_go_by()
    order_placed()

    wait_and_work(A_WHILE)

    assert letters() == ["order_received"]


def test_an_order_that_rests_after_refused_cards(
    sandbox: SandboxProcess, order: Order
) -> None:
    decline(sandbox, order, times=5)

    days_go_by()

    assert letters() == []


@pytest.mark.parametrize("placed", ["before the pause", "after it"])
def test_an_address_with_which_cards_are_tried(
    sandbox: SandboxProcess, order: Order, placed: str
) -> None:
    """Whoever typed it: its owner may not know of any of this."""
    later = order if placed == "before the pause" else None
    for _order in range(2):
        decline(sandbox, order_placed(), times=3)
    later = later or order_placed()
    Order.objects.exclude(pk=later.pk).update(created_at=order.created_at)

    wait_and_work(A_WHILE + FIRST_REST)

    assert letters() == []


def test_a_shop_under_attack_writes_to_nobody_and_not_afterwards(
    sandbox: SandboxProcess, order: Order
) -> None:
    pull_brake()
    wait_and_work(A_WHILE)
    release_brake()

    days_go_by()

    assert letters() == []


@pytest.mark.parametrize("happens", [place_hold, refuse_reminders])
def test_what_happens_while_a_letter_waits_stops_it(
    order: Order, happens: Callable[..., object]
) -> None:
    wait_and_work(A_WHILE)
    Message.objects.update(sent_at=None)
    if happens is place_hold:
        place_hold(order, reason=HoldReason.MISMATCH, about="pi_1", by="stripe")
    else:
        refuse_reminders(order)

    days_go_by()

    assert Message.objects.get(topic="order_received").was_unneeded
    assert letters() == []
