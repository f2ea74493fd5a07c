from datetime import UTC, datetime

import pytest
from django.test import Client

from lumira.outbox.models import MAX_ATTEMPTS, Message
from payments.models import ProcessedEvent, Refund
from payments.status import RefundStatus
from tests.admin.reading_pages import listed, page_url, words
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 22, 20, 7, tzinfo=UTC)


def test_a_refund_says_of_which_order_how_much_how_it_stands_and_who_asked(
    admin_client: Client,
) -> None:
    refund = Refund.objects.create(
        payment=make_payment(),
        order_number="LU261122-7K3MWQ",
        stripe_id="re_1",
        amount=7900,
        currency="eur",
        status=RefundStatus.REQUIRES_ACTION,
        failure_reason="lost_or_stolen_card",
        reason="Demande du client",
        requested_by="claire",
        created_at=MOMENT,
    )

    rows = listed(admin_client, "payments_refund")
    page = words(admin_client, page_url("payments_refund", refund.pk))

    assert rows == [
        "LU261122-7K3MWQ 22/11/2026 21:07 79,00 € Attend le client claire re_1"
    ]
    assert (
        "Cause de l'échec carte perdue ou volée (lost_or_stolen_card) Origine Lumira"
    ) in page
    assert "Motif Demande du client" in page


@pytest.mark.parametrize(
    "query",
    [
        {"q": "7K3MWQ"},
        {"q": "re_wanted"},
        {"q": "claire"},
        {"status__exact": "failed"},
        {"origin__exact": "shop"},
        {"created_at_from": "2026-11-22", "created_at_to": "2026-11-22"},
    ],
)
def test_refunds_are_searched_and_filtered(
    admin_client: Client, query: dict[str, str]
) -> None:
    payment = make_payment()
    Refund.objects.create(
        payment=payment,
        order_number=payment.order_number,
        stripe_id="re_other",
        amount=100,
        currency="eur",
        status=RefundStatus.SUCCEEDED,
        origin="dashboard",
        requested_by="stripe",
        created_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    Refund.objects.create(
        payment=payment,
        order_number="LU261122-7K3MWQ",
        stripe_id="re_wanted",
        amount=100,
        currency="eur",
        status=RefundStatus.FAILED,
        requested_by="claire",
        created_at=MOMENT,
    )

    rows = listed(admin_client, "payments_refund", **query)

    assert len(rows) == 1
    assert rows[0].endswith("re_wanted")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"processed": True, "outcome": "applied", "attempts": 1}, "Appliqué 1 -"),
        ({"processed": True, "outcome": "ignored", "attempts": 1}, "Sans effet 1 -"),
        ({"processed": True, "outcome": "foreign", "attempts": 1}, "Autre produit 1 -"),
        (
            {"processed": True, "outcome": "refused", "attempts": 2},
            "Contredit nos comptes 2 -",
        ),
        ({"processed": True, "outcome": "", "attempts": 1}, "Traité 1 -"),
        (
            {"processed": False, "attempts": 3, "last_error": "GatewayUnavailable"},
            "Échoué 3 GatewayUnavailable",
        ),
    ],
)
def test_an_event_says_what_came_of_it(
    admin_client: Client, fields: dict[str, object], told: str
) -> None:
    ProcessedEvent.objects.create(
        event_id="evt_1",
        type="charge.updated",
        livemode=False,
        received_at=MOMENT,
        **fields,
    )

    rows = listed(admin_client, "payments_processedevent")

    assert rows == [f"evt_1 charge.updated 22/11/2026 21:07 {told} Test"]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "pi_wanted"},
        {"q": "evt_wanted"},
        {"q": "refund."},
        {"processed__exact": "0"},
        {"livemode__exact": "1"},
        {"received_at_to": "2026-11-22"},
    ],
)
def test_events_are_searched_and_filtered(
    admin_client: Client, query: dict[str, str]
) -> None:
    ProcessedEvent.objects.create(
        event_id="evt_other",
        type="charge.updated",
        livemode=False,
        processed=True,
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    ProcessedEvent.objects.create(
        event_id="evt_wanted",
        type="refund.failed",
        object_id="pi_wanted",
        livemode=True,
        received_at=MOMENT,
    )

    rows = listed(admin_client, "payments_processedevent", **query)

    assert len(rows) == 1
    assert rows[0].startswith("evt_wanted")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "À envoyer"),
        ({"attempts": 1, "last_error": "SMTPException"}, "À réessayer"),
        ({"attempts": MAX_ATTEMPTS, "last_error": "SMTPException"}, "Abandonné"),
        ({"attempts": 2, "sent_at": MOMENT}, "Envoyé"),
    ],
)
def test_a_message_says_whether_it_went(
    admin_client: Client, fields: dict[str, object], told: str
) -> None:
    Message.objects.create(topic="order_paid", key="order_paid:1", **fields)

    (row,) = listed(admin_client, "outbox_message")

    assert told in row
