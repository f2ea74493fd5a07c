import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.utils.timezone import now
from pytest_django import Settings

from lumira.outbox.models import Message
from lumira.outbox.sending import send_waiting
from payments.alerts import raise_alert
from tests.payments.canned_stripe import CannedStripe, canned_stripe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chat(settings: Settings) -> Iterator[CannedStripe]:
    """A chat room that takes alerts."""
    with canned_stripe() as room:
        settings.ALERT_WEBHOOK_URL = f"{room.url}/alerts"
        yield room


def alarm() -> None:
    raise_alert("payment_mismatch", about="pi_1", order="LU261122-ABCDEF", amount=100)


def test_support_is_told_what_and_about_which(
    mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    alarm()

    [mail] = mailoutbox
    assert mail.to == [settings.SUPPORT_EMAIL]
    assert mail.subject == (
        "[Lumira] payment_mismatch\u00a0: Les comptes ne concordent pas"
    )
    assert "À propos de\u00a0: pi_1" in str(mail.body)
    assert "Commande\u00a0: LU261122-ABCDEF" in str(mail.body)
    assert "Que faire\u00a0: comparer avec Stripe" in str(mail.body)


def test_an_alert_about_an_order_leads_to_it_and_stands_in_its_history(
    mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    order_id = uuid4()

    raise_alert("late_money", about="pi_1", order_id=order_id)

    [mail] = mailoutbox
    page = f"{settings.SITE_URL}/admin/orders/order/{order_id}/change/"
    assert str(mail.body).splitlines()[-1] == page
    assert Message.objects.get().about == str(order_id)


def test_one_cause_is_one_alert(mailoutbox: list[EmailMessage]) -> None:
    for _ in range(3):
        alarm()
    raise_alert("payment_mismatch", about="pi_2")
    raise_alert("late_money", about="pi_1")

    assert len(mailoutbox) == 3


def test_the_chat_room_hears_it_too(chat: CannedStripe) -> None:
    alarm()

    [body] = chat.heard
    assert chat.calls == ["POST /alerts"]
    text = json.loads(body)["text"]
    assert text.startswith("[Lumira] payment_mismatch\u00a0:")
    assert "À propos de\u00a0: pi_1" in text


def test_a_chat_room_that_is_away_is_told_later(
    chat: CannedStripe, mailoutbox: list[EmailMessage]
) -> None:
    chat.status = 500
    alarm()
    failed = Message.objects.get(topic="alert_post")
    chat.status = 200

    Message.objects.filter(sent_at=None).update(due_at=now())
    send_waiting()

    assert (failed.sent_at, failed.last_error) == (None, "NotAccepted")
    assert not Message.objects.filter(sent_at=None).exists()
    assert len(chat.calls) == 2
    assert len(mailoutbox) == 1, "the mail is not sent again with it"
