"""What banks contest is shown, and a failed event is run again by hand."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User
from orders.actions.hold import place_hold
from orders.models.hold import HoldReason
from payments.models import Dispute, Payment, ProcessedEvent
from tests.admin.reading_pages import listed, page_url, words
from tests.factories.payments import make_payment
from tests.money.books import pay
from tests.sandbox_process import SandboxProcess

MOMENT = datetime(2026, 11, 22, 20, 7, tzinfo=UTC)


def make_dispute(payment: Payment) -> Dispute:
    return Dispute.objects.create(
        payment=payment,
        order_number=payment.order_number,
        stripe_id="dp_1",
        amount=7900,
        currency="eur",
        reason="fraudulent",
        status="needs_response",
        due_by=MOMENT,
        created_at=MOMENT,
    )


@pytest.mark.django_db
def test_a_dispute_says_how_much_and_until_when(admin_client: Client) -> None:
    dispute = make_dispute(make_payment())

    rows = listed(admin_client, "payments_dispute")

    assert rows == [
        f"{dispute.order_number} 22/11/2026 21:07 22/11/2026 21:07 79,00 € "
        "À répondre fraudulent"
    ]
    assert "dp_1" in words(
        admin_client, page_url("payments_payment", dispute.payment_id)
    )


@pytest.mark.django_db
def test_the_orders_page_says_why_it_is_frozen(admin_client: Client) -> None:
    order = make_payment().order
    place_hold(order, reason=HoldReason.DISPUTE, about="dp_1", by="stripe")

    page = words(admin_client, page_url("orders_order", order.pk))

    assert "Litige avec la banque du client dp_1" in page


def replay(client: Client, event_id: str) -> str:
    answer = client.post(
        reverse("admin:payments_processedevent_changelist"),
        {"action": "replay", "_selected_action": [event_id]},
        follow=True,
    )
    return str(answer.content.decode())


def make_failed_event(sandbox: SandboxProcess) -> tuple[Payment, ProcessedEvent]:
    payment = pay(sandbox)
    (event,) = sandbox.events(type="payment_intent.succeeded")
    row = ProcessedEvent.objects.create(
        event_id=event["id"], type=event["type"], livemode=False, attempts=3
    )
    return payment, row


@pytest.mark.django_db(transaction=True)
def test_a_failed_event_is_replayed(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment, event = make_failed_event(sandbox)

    page = replay(admin_client, event.pk)

    payment.refresh_from_db()
    event.refresh_from_db()
    assert f"{event.pk} traité." in page
    assert (payment.status, event.processed, event.attempts) == ("completed", True, 4)


@pytest.mark.django_db(transaction=True)
def test_who_may_only_look_does_not_replay(
    client: Client, sandbox: SandboxProcess
) -> None:
    payment, event = make_failed_event(sandbox)
    clerk = User.objects.create_user("claire", is_staff=True)
    client.force_login(clerk)

    replay(client, event.pk)

    event.refresh_from_db()
    assert not event.processed
