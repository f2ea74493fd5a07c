import re

import pytest
from django.core.mail import EmailMessage
from django.utils.timezone import now
from pytest_django import Settings

from lumira.audit.models import AuditEntry
from lumira.outbox.models import MAX_ATTEMPTS, Message
from lumira.outbox.sending import send
from orders.actions.deliver import mail_after_all, note_sent
from orders.actions.hold import place_hold, release_all_holds
from orders.actions.work_rules import OnHold, Refunded, WrongState
from orders.models import Delivery, Order
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_paid_order,
    make_submitted_reading,
)
from tests.lumira.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HANGS_UP = "tests.lumira.broken_mail.HangsUp"


def by_whatsapp() -> Order:
    order = make_assigned_order(delivery_format="whatsapp")
    return make_delivered_order(order)


def customer_mail(mails: list[EmailMessage]) -> EmailMessage:
    [mail] = [mail for mail in mails if mail.to == ["alice@example.org"]]
    return mail


def test_the_mail_brings_the_link_and_the_delivery_is_done(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_delivered_order(text="Partez au printemps.")

    mail, delivery = customer_mail(mailoutbox), Delivery.objects.get()
    assert delivery.sent_at is not None
    assert delivery.sent_by == "worker"
    link = rf"http://testserver/commandes/{order.pk}/lecture/\?lien=\S+"
    assert re.search(link, str(mail.body))
    assert "printemps" not in str(mail.body)
    assert "alice" not in str(mail.body)


def test_a_mail_that_does_not_go_is_no_delivery_until_it_goes(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, HANGS_UP
    make_delivered_order()
    before = Delivery.objects.get().sent_at
    settings.EMAIL_BACKEND = working

    Message.objects.update(due_at=now())
    send(Message.objects.get(topic="reading_ready").pk)

    assert before is None
    assert Delivery.objects.get().sent_at is not None
    assert customer_mail(mailoutbox)


def test_by_whatsapp_the_mail_goes_too_and_a_person_notes_the_delivery(
    mailoutbox: list[EmailMessage],
) -> None:
    order = by_whatsapp()
    before = Delivery.objects.get().sent_at

    done = note_sent(order, by="support")

    delivery = Delivery.objects.get()
    assert customer_mail(mailoutbox)
    assert before is None
    assert done is True
    assert delivery.sent_at is not None
    assert delivery.sent_by == "support"
    entry = AuditEntry.objects.get(action="reading.handed_over")
    assert (entry.by, entry.about_id) == ("support", str(order.pk))


def test_without_an_address_a_person_notes_the_delivery(
    mailoutbox: list[EmailMessage],
) -> None:
    order = make_delivered_order(make_assigned_order(email=""))
    mailoutbox.clear()

    assert Delivery.objects.get().sent_at is None
    assert note_sent(order, by="support") is True
    assert not mailoutbox


def test_a_delivery_is_noted_once() -> None:
    order = by_whatsapp()

    answers = at_once(6, lambda n: note_sent(order, by=f"support-{n}"))

    assert sorted(answers, key=str) == [False] * 5 + [True]
    assert AuditEntry.objects.filter(action="reading.handed_over").count() == 1


def test_what_the_mail_delivered_is_not_noted_again() -> None:
    order = make_delivered_order()

    assert note_sent(order, by="support") is False
    assert Delivery.objects.get().sent_by == "worker"


def test_what_is_not_approved_is_not_handed_over() -> None:
    orders = [make_paid_order(), make_assigned_order(), make_submitted_reading().order]

    for order in orders:
        with pytest.raises(WrongState):
            note_sent(order, by="support")

    assert not Delivery.objects.exists()


def test_a_refunded_or_frozen_order_is_not_handed_over() -> None:
    order = by_whatsapp()

    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")
    with pytest.raises(OnHold):
        note_sent(order, by="support")
    release_all_holds(order, by="support", note="Vu.")
    order.move_to(OrderStatus.REFUNDED, by="stripe")
    with pytest.raises(Refunded):
        note_sent(order, by="support")
    order.undo_refund(by="stripe", note="")

    assert note_sent(order, by="support") is True


def message_before_the_worker_came(settings: Settings) -> Message:
    """An order was approved, and something happens before its mail is sent."""
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, HANGS_UP
    make_delivered_order()
    settings.EMAIL_BACKEND = working
    Message.objects.update(due_at=now())
    return Message.objects.get(topic="reading_ready")


def test_the_mail_of_a_frozen_order_waits_until_it_is_free(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    message = message_before_the_worker_came(settings)
    order = Order.objects.get()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    frozen = send(message.pk)
    release_all_holds(order, by="support", note="Vu.")

    assert frozen is False
    assert customer_mail(mailoutbox)
    assert Delivery.objects.get().sent_at is not None


def test_after_a_refund_no_mail_says_that_the_reading_is_ready(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    message = message_before_the_worker_came(settings)
    Order.objects.get().move_to(OrderStatus.REFUNDED, by="stripe")

    sent = send(message.pk)

    message.refresh_from_db()
    assert (sent, message.was_unneeded) == (False, True)
    assert not mailoutbox
    assert Delivery.objects.get().sent_at is None


def test_when_the_refund_fails_after_all_the_mail_leaves_after_all(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    message = message_before_the_worker_came(settings)
    order = Order.objects.get()
    order.move_to(OrderStatus.REFUNDED, by="stripe")
    send(message.pk)
    order.undo_refund(by="stripe", note="Le remboursement a échoué.")

    mail_after_all(order)

    assert customer_mail(mailoutbox)
    assert Delivery.objects.get().sent_at is not None


def test_a_mail_that_was_given_up_during_a_long_hold_leaves_at_its_end(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    message_before_the_worker_came(settings)
    order = Order.objects.get()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")
    Message.objects.update(attempts=MAX_ATTEMPTS)

    release_all_holds(order, by="support", note="Litige gagné.")

    assert customer_mail(mailoutbox)
    assert Delivery.objects.get().sent_at is not None


def test_what_has_left_does_not_leave_again(mailoutbox: list[EmailMessage]) -> None:
    order = make_delivered_order()

    mail_after_all(order)

    assert customer_mail(mailoutbox)


def test_after_a_hold_a_reading_for_whatsapp_is_not_mailed_again(
    mailoutbox: list[EmailMessage],
) -> None:
    order = by_whatsapp()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    release_all_holds(order, by="support", note="Litige gagné.")

    assert customer_mail(mailoutbox)
