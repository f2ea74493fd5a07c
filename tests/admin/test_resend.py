"""Support sends a message again that could not be sent."""

import pytest
from django.test import Client

from lumira.accounts.roles import Role
from lumira.audit.models import AuditEntry
from lumira.outbox.models import MAX_ATTEMPTS, Message
from tests.admin.reading_pages import client_of_staff, list_url
from tests.factories.staff import client_of, make_staff

pytestmark = pytest.mark.django_db
MESSAGES = "outbox_message"


@pytest.fixture
def given_up() -> Message:
    """Nobody delivers its topic, so that sending it fails again."""
    return Message.objects.create(
        topic="gone_topic", key="1", attempts=MAX_ATTEMPTS, last_error="OSError"
    )


def resend(client: Client, message: Message) -> Message:
    client.post(
        list_url(MESSAGES),
        {"action": "resend", "_selected_action": [str(message.pk)]},
    )
    return Message.objects.get(pk=message.pk)


def test_support_has_a_message_tried_again(given_up: Message) -> None:
    client = client_of(make_staff(Role.SUPPORT, username="claire"))

    tried = resend(client, given_up)

    entry = AuditEntry.objects.get()
    assert tried.attempts == 1
    assert (entry.action, entry.by) == ("message.resent", "claire")
    assert entry.about_id == str(given_up.pk)


def test_who_may_only_look_does_not_send(given_up: Message) -> None:
    untouched = resend(client_of_staff("outbox.view_message"), given_up)

    assert untouched.attempts == MAX_ATTEMPTS
    assert not AuditEntry.objects.exists()
