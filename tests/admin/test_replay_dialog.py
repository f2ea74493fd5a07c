"""A failed event is run again by hand, from the list or from its page."""

import pytest
from django.contrib.admin.utils import quote
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumira.audit.models import AuditEntry
from payments.models import Payment, ProcessedEvent
from tests.admin.reading_pages import client_of_staff, list_url, markup, plain, words
from tests.factories.payments import make_event, make_payment
from tests.money.books import pay
from tests.sandbox_process import SandboxProcess

EVENTS = "payments_processedevent"


def page_of(event: ProcessedEvent) -> str:
    return reverse(f"admin:{EVENTS}_change", args=[quote(event.pk)])


def dialog(event: ProcessedEvent) -> str:
    return reverse(f"admin:{EVENTS}_replay_one", args=[quote(event.pk)])


def replay_in_list(client: Client, event: ProcessedEvent) -> str:
    answer = client.post(
        list_url(EVENTS),
        {"action": "replay", "_selected_action": [event.pk]},
        follow=True,
    )
    return plain(answer.content.decode())


def make_failed_event(sandbox: SandboxProcess) -> tuple[Payment, ProcessedEvent]:
    payment = pay(sandbox)
    (event,) = sandbox.events(type="payment_intent.succeeded")
    row = ProcessedEvent.objects.create(
        event_id=event["id"], type=event["type"], livemode=False, attempts=3
    )
    return payment, row


@pytest.mark.django_db(transaction=True)
def test_a_failed_event_is_replayed_from_the_list(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment, event = make_failed_event(sandbox)

    page = replay_in_list(admin_client, event)

    payment.refresh_from_db()
    event.refresh_from_db()
    assert f"{event.pk} traité : appliqué." in page
    assert (payment.status, event.processed, event.attempts) == ("completed", True, 4)


@pytest.mark.django_db(transaction=True)
def test_a_failed_event_is_replayed_from_its_page(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    payment, event = make_failed_event(sandbox)

    answer = admin_client.post(dialog(event), follow=True)

    payment.refresh_from_db()
    assert answer.redirect_chain[-1][0] == page_of(event)
    assert f"{event.pk} traité : appliqué." in plain(answer.content.decode())
    assert payment.status == "completed"
    assert AuditEntry.objects.get().by == "admin"


@pytest.mark.django_db(transaction=True)
def test_a_double_click_says_that_it_was_done(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    _payment, event = make_failed_event(sandbox)
    admin_client.post(dialog(event))

    answer = admin_client.post(dialog(event), follow=True)

    event.refresh_from_db()
    assert "était déjà traité : rien n'a changé." in plain(answer.content.decode())
    assert event.attempts == 4


@pytest.mark.django_db(transaction=True)
def test_an_event_that_stripe_has_forgotten_is_said_to_be(
    admin_client: Client, sandbox: SandboxProcess
) -> None:
    event = make_event("evt_forgotten", "pi_1", processed=False, outcome="")

    answer = admin_client.post(dialog(event), follow=True)

    page = plain(answer.content.decode())
    assert "evt_forgotten a encore échoué : Stripe ne le connaît pas (plus)" in page


@pytest.mark.django_db
def test_the_dialog_says_why_it_failed_and_does_nothing(admin_client: Client) -> None:
    event = make_event(
        "evt_1",
        "pi_1",
        processed=False,
        outcome="",
        attempts=3,
        last_error="GatewayUnavailable",
    )

    page = words(admin_client, dialog(event))

    assert "Rejouer : Paiement encaissé" in page
    assert "3 essais sans succès" in page
    assert "Stripe n'a pas répondu (GatewayUnavailable)" in page
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("event_id", ["evt_1", "evt_3Bcd", "evt_5Fx"])
def test_an_id_that_looks_quoted_has_its_page_and_its_button(
    admin_client: Client, event_id: str
) -> None:
    event = make_event(event_id, "pi_1", processed=False)

    page = markup(admin_client, page_of(event))

    assert f'href="{dialog(event)}"' in page
    assert event_id in words(admin_client, dialog(event))


@pytest.mark.django_db
def test_what_was_processed_has_no_button(admin_client: Client) -> None:
    event = make_event("evt_1", "pi_1")

    assert dialog(event) not in markup(admin_client, page_of(event))


@pytest.mark.django_db
def test_the_page_says_it_in_french_and_leads_to_the_order(
    admin_client: Client,
) -> None:
    order = make_payment(intent_id="pi_1").order
    event = make_event("evt_1", "pi_1")

    page = words(admin_client, page_of(event))

    assert "Événement Paiement encaissé Type payment_intent.succeeded" in page
    assert f"Commande {order.number}" in page


@pytest.mark.django_db(transaction=True)
def test_who_may_only_look_does_not_replay(sandbox: SandboxProcess) -> None:
    _payment, event = make_failed_event(sandbox)
    client = client_of_staff("payments.view_processedevent")

    replay_in_list(client, event)
    answers = [client.get(dialog(event)), client.post(dialog(event))]

    event.refresh_from_db()
    assert {answer.status_code for answer in answers} == {403}
    assert dialog(event) not in markup(client, page_of(event))
    assert not event.processed


@pytest.mark.django_db
def test_fifty_events_take_as_many_queries_as_five(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            markup(admin_client, list_url(EVENTS))
        return len(captured)

    for number in range(5):
        make_event(f"evt_{number}", "pi_1")
    queries()
    five = queries()
    for number in range(5, 50):
        make_event(f"evt_{number}", "pi_1")

    assert queries() == five
