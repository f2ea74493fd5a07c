from datetime import UTC, datetime

import pytest
from django.test import Client

from orders.models import Order
from orders.status import OrderStatus
from payments.status import PaymentStatus
from tests.admin.reading_pages import client_of_staff, markup, page_url, words
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db
SEES = ("orders.view_order", "orders.view_every_order")
INTAKE = {
    "firstName": "Alice",
    "lastName": "Martin",
    "phone": "+33 6 12 34 56 78",
    "dateOfBirth": "1988-04-17",
    "specificQuestion": "Dois-je partir ?\n<b>Vite</b>",
    "birthTime": "06:40",
    "birthPlace": "Nantes",
    "specificContext": "Un poste à Lyon",
    "lifeQuestion": "Où est ma place ?",
}


def url_of(order: Order) -> str:
    return page_url("orders_order", order.pk)


def test_the_page_states_the_facts(admin_client: Client) -> None:
    order = make_order(
        status=OrderStatus.PAID,
        paid_at=datetime(2026, 11, 22, 20, 7, tzinfo=UTC),
        audio_voice="feminine",
    )

    page = words(admin_client, url_of(order))

    for fact in (
        f"{order.number} Payée",
        "Client Alice Martin alice@example.org",
        "Service Consultation Premium Intuitive · 60 min Expert Camille Aubry",
        "Prix 79,00 €",
        "Niveau Intuitive Durée 60 min",
        "Payée le 22/11/2026 21:07 Livrée le -",
        "Voix Voix féminine Livraison Par e-mail",
        "Langue Français",
    ):
        assert fact in page


def test_who_may_reads_the_answers_every_one_and_as_text() -> None:
    order = make_order(intake=INTAKE)
    client = client_of_staff(*SEES, "orders.view_intake")

    page = words(client, url_of(order))

    for answer in (
        "Question Dois-je partir ? <b>Vite</b>",
        "Contexte Un poste à Lyon",
        "Question de vie Où est ma place ?",
        "Prénom Alice Nom Martin",
        "Date de naissance 17 avril 1988 Heure 06:40",
        "Lieu de naissance Nantes Téléphone +33 6 12 34 56 78",
    ):
        assert answer in page
    assert "<b>Vite</b>" not in markup(client, url_of(order))


def test_who_may_not_read_the_answers_sees_none_of_them() -> None:
    order = make_order(name="", intake=INTAKE)
    client = client_of_staff(*SEES)

    page = markup(client, url_of(order))

    assert "Réponses du client" not in page
    for answer in INTAKE.values():
        assert answer.splitlines()[0] not in page


def test_an_order_without_answers_has_dashes(admin_client: Client) -> None:
    order = make_order(intake={})

    page = words(admin_client, url_of(order))

    assert "Question - Contexte -" in page


def test_the_payments_of_the_order_lead_to_their_pages(admin_client: Client) -> None:
    order = make_order()
    cancelled = make_payment(order=order, status=PaymentStatus.CANCELLED)
    collected = make_payment(order=order, status=PaymentStatus.COMPLETED)
    other = make_payment()

    page = markup(admin_client, url_of(order))

    for payment in (cancelled, collected):
        assert f'href="{page_url("payments_payment", payment.pk)}"' in page
    assert str(other.intent_id) not in page
    assert "Annulé 79,00 € 0,00 € Test" in words(admin_client, url_of(order))


def test_who_may_not_see_payments_sees_none_on_the_order() -> None:
    payment = make_payment()
    client = client_of_staff(*SEES)

    page = markup(client, url_of(payment.order))

    assert str(payment.intent_id) not in page


def test_the_page_leads_to_what_the_customer_sees(admin_client: Client) -> None:
    order = make_order()

    link = admin_client.get(url_of(order)).context["absolute_url"]

    assert admin_client.get(link)["Location"].endswith(order.get_absolute_url())
