"""What the dashboard warns of, and what it leaves in peace."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from lumira.outbox.models import MAX_ATTEMPTS, Message
from payments.models import Dispute, ReconcileRun
from payments.status import WAITS_FOR_US, DisputeStatus
from tests.admin.dashboard_shop import (
    PAGE,
    contest,
    sell,
    tiles,
)
from tests.admin.reading_pages import words

pytestmark = pytest.mark.django_db


def test_disputes_are_told_by_their_deadline(admin_client: Client) -> None:
    later = contest(sell(), hours=100)
    sooner = contest(sell(), hours=30)

    page = words(admin_client, PAGE)

    assert page.index(sooner.order_number) < page.index(later.order_number)
    assert f"{sooner.order_number} 79,00 € Reste" in page


@pytest.mark.parametrize("status", sorted(set(DisputeStatus) - WAITS_FOR_US), ids=str)
def test_a_dispute_that_waits_for_the_bank_is_no_alert(
    admin_client: Client, status: DisputeStatus
) -> None:
    dispute = contest(sell(), hours=30)
    Dispute.objects.filter(pk=dispute.pk).update(status=status)

    assert tiles(admin_client)["Litiges à répondre"] == "0"


def test_a_message_that_is_still_tried_is_no_alert(admin_client: Client) -> None:
    Message.objects.create(topic="alert", key="tried", attempts=MAX_ATTEMPTS - 1)
    Message.objects.create(
        topic="alert", key="sent", attempts=MAX_ATTEMPTS, sent_at=now()
    )

    assert tiles(admin_client)["Messages abandonnés"] == "0"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"finished": True}, "Tout concorde"),
        ({"finished": True, "mended": ["a"]}, "· 1 réparé(s)"),
        ({"finished": True, "left": ["a"], "problems": ["b"]}, "2 à voir"),
        ({}, "Aucun n'est encore allé au bout"),
        ({"finished": True, "hours_ago": 3}, "Plus rien depuis 3 h 00"),
    ],
)
def test_the_last_reconcile_is_told(
    admin_client: Client, fields: dict[str, object], told: str
) -> None:
    facts = dict(fields)
    at = now() - timedelta(hours=facts.pop("hours_ago", 0))  # type: ignore[arg-type]
    finished_at = at if facts.pop("finished", False) else None
    ReconcileRun.objects.create(
        by="worker", started_at=at, finished_at=finished_at, **facts
    )

    assert told in words(admin_client, PAGE)


def test_a_shop_that_was_never_reconciled_says_so(admin_client: Client) -> None:
    assert tiles(admin_client)["Dernier rapprochement"] == "Jamais"
