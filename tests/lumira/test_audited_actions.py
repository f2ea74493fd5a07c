"""What the staff does by actions stands in the journal, and nothing of a customer."""

import uuid

import pytest
from django.urls import reverse

from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from lumira.audit.verification import verify_chain
from lumira.outbox.models import Message
from lumira.outbox.sending import send_again
from orders.actions.assign import assign_order
from orders.actions.deliver import note_sent
from orders.actions.hold import place_hold, release_all_holds
from orders.actions.submit_reading import submit_reading
from orders.actions.validate_reading import approve_reading, reject_reading
from orders.models.hold import HoldReason
from payments.actions.refund import RefundRequest, request_refund
from tests.factories.orders import make_order
from tests.factories.staff import client_of, make_staff
from tests.factories.work import author_of, make_paid_order, make_person, write
from tests.money.books import paid
from tests.sandbox_process import SandboxProcess

# Stands wherever a customer or the staff can write something about a customer.
CONFIDED = "Confidence"


def told() -> list[tuple[str, str]]:
    entries = AuditEntry.objects.order_by("sequence")
    return list(entries.values_list("action", "by"))


@pytest.mark.django_db
def test_letting_an_order_go_on_is_told_once() -> None:
    order = make_order()
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    for _click in range(2):
        release_all_holds(order, by="claire", note="Vérifié.")

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == ("order.released", "claire")
    assert entry.about_id == str(order.pk)
    assert entry.before == {"holds": ["dispute dp_1"]}


@pytest.mark.django_db
def test_a_message_that_is_sent_again_is_told_and_one_that_went_is_not() -> None:
    message = Message.objects.create(topic="gone_topic", key="1", attempts=78)

    send_again(message.pk, by="claire")
    Message.objects.update(sent_at="2026-11-22T20:07Z")
    send_again(message.pk, by="claire")

    assert told() == [("message.resent", "claire")]
    assert AuditEntry.objects.get().about_id == str(message.pk)


@pytest.mark.django_db(transaction=True)
def test_a_refund_is_told_however_often_its_form_is_sent(
    sandbox: SandboxProcess,
) -> None:
    payment = paid(sandbox)
    asked = RefundRequest(
        id=uuid.uuid4(),
        amount=500,
        expected_refundable=payment.amount_refundable,
        reason=CONFIDED,
        by="esther",
    )

    for _click in range(2):
        request_refund(payment, asked)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == ("refund.requested", "esther")
    assert entry.about_id == str(asked.id)
    assert (entry.after["amount"], entry.after["currency"]) == (500, "eur")
    assert CONFIDED not in repr(entry.after)


@pytest.mark.django_db
def test_the_whole_work_on_an_order_tells_nothing_of_the_customer() -> None:
    order = make_paid_order(
        email=f"{CONFIDED}@example.org",
        name=CONFIDED,
        intake={"firstName": CONFIDED, "specificQuestion": CONFIDED},
        delivery_format="whatsapp",
    )
    validator = make_person("valérie")
    desk = client_of(make_staff(Role.ADMINISTRATOR, username="esther"))

    assert order.expert
    assign_order(order, to=order.expert, by="esther", note=CONFIDED)
    order.refresh_from_db()
    author = author_of(order)
    first = write(order, f"{CONFIDED}, partez.")
    submit_reading(first, by=author.username)
    reject_reading(first, validator=validator, reason=CONFIDED, notes=CONFIDED)
    second = write(order, f"{CONFIDED}, restez.")
    submit_reading(second, by=author.username)
    approve_reading(second, validator=validator, notes=CONFIDED)
    note_sent(order, by="esther")
    place_hold(order, reason=HoldReason.MISMATCH, about="pi_1", by="stripe")
    release_all_holds(order, by="esther", note=CONFIDED)
    export = reverse("admin:orders_order_export", args=["csv"])
    desk.post(f"{export}?q={CONFIDED}")

    assert [action for action, _by in told()] == [
        "order.assigned",
        "reading.written",
        "reading.submitted",
        "reading.rejected",
        "reading.written",
        "reading.submitted",
        "reading.approved",
        "reading.handed_over",
        "order.released",
        "orders.exported",
    ]
    assert CONFIDED.lower() not in repr(list(AuditEntry.objects.values())).lower()
    assert verify_chain().sequence == 10
