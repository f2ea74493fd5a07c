"""One timeline: what happened to an order, in its order, for who may know it."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from lumira.accounts.roles import Role
from lumira.outbox.models import Message
from orders.actions.hold import place_hold
from orders.actions.place_order import Buyer, place_order
from orders.actions.validate_reading import reject_reading
from orders.models import Order, OrderEvent
from orders.models.hold import HoldReason
from orders.status import OrderStatus
from tests.admin.people import client_in
from tests.admin.reading_pages import client_of_staff, markup, page_url, plain
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.factories.work import (
    make_assigned_order,
    make_delivered_order,
    make_person,
    make_submitted_reading,
    write,
)

pytestmark = pytest.mark.django_db


def timeline(client: Client, order: Order) -> str:
    page = markup(client, page_url("orders_order", order.pk))
    return plain(page.partition('id="timeline-title"')[2].partition("</section>")[0])


def stand_in_this_order(text: str, *told: str) -> None:
    places = [text.find(words) for words in told]
    assert -1 not in places, (told[places.index(-1)], text)
    assert places == sorted(places), text


def test_it_tells_who_did_what_and_why_in_order(admin_client: Client) -> None:
    service = make_service()
    order = place_order(
        service=service,
        expert=make_expert(service),
        buyer=Buyer(email="alice@example.org"),
        by="customer",
    )
    order.move_to(OrderStatus.FAILED, by="stripe", note="card_declined")
    order.move_to(OrderStatus.PAID, by="settlement")
    order.move_to(OrderStatus.PROCESSING, by="claire", note="Confiée à Camille.")

    told = timeline(admin_client, order)

    stand_in_this_order(
        told,
        "Commande passée Client",
        "Paiement échoué card_declined stripe",
        "Payée Encaissement",
        "En préparation Confiée à Camille. claire",
    )


def test_days_and_hours_are_those_of_the_shop(admin_client: Client) -> None:
    order = make_order()
    for hour in (22, 23):
        OrderEvent.objects.create(
            order=order,
            after=OrderStatus.PENDING,
            by="customer",
            at=datetime(2026, 11, 22, hour, 30, tzinfo=UTC),
        )

    told = timeline(admin_client, order)

    stand_in_this_order(
        told, "Dimanche 22 novembre 2026 23:30", "Lundi 23 novembre 2026 00:30"
    )


def test_a_mail_stands_between_the_moves_it_came_between(admin_client: Client) -> None:
    order = make_order()
    days = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (22, 23, 24)]
    for at, status in ((days[0], OrderStatus.PENDING), (days[2], OrderStatus.PAID)):
        OrderEvent.objects.create(order=order, after=status, by="api", at=at)
    Message.objects.create(
        topic="orders_link", key="1", about=str(order.pk), sent_at=days[1]
    )

    told = timeline(admin_client, order)

    stand_in_this_order(told, "22 novembre", "lien vers ses commandes", "24 novembre")


def test_work_decisions_and_delivery_are_told(admin_client: Client) -> None:
    order = make_assigned_order()
    first = make_submitted_reading(order)
    reject_reading(first, validator=make_person("valérie"), reason="Trop sec.")
    order.refresh_from_db()
    make_delivered_order(order, text="Prenez le temps de partir.")

    told = timeline(admin_client, order)

    stand_in_this_order(
        told,
        "Confiée à Camille Aubry",
        "Révision 1 de la lecture camille",
        "Décision sur la révision 1 : refusée Trop sec. valérie",
        "Révision 2 de la lecture camille",
        "Décision sur la révision 2 : approuvée valérie",
    )


def test_holds_stand_in_it(admin_client: Client) -> None:
    order = make_order()
    place_hold(order, reason=HoldReason.MISMATCH, about="pi_1", by="reconcile")

    told = timeline(admin_client, order)

    assert "Bloquée : Les comptes ne concordent pas (pi_1) Rapprochement" in told


def test_who_may_not_read_answers_reads_no_reason_and_no_revision() -> None:
    reading = make_submitted_reading()
    reject_reading(reading, validator=make_person("valérie"), reason="Sa mère malade.")
    client = client_in(Role.SUPPORT)

    page = markup(client, page_url("orders_order", reading.order_id))

    assert "Décision sur la révision 1" in page
    assert "Sa mère malade" not in page
    assert "/lectures/1/" not in page


def test_a_mail_says_how_far_it_came_and_leads_to_who_may_resend_it() -> None:
    order = make_order()
    message = Message.objects.create(
        topic="order_paid", key="1", about=str(order.pk), attempts=78
    )
    support, finance = client_in(Role.SUPPORT), client_in(Role.FINANCE)

    told = timeline(support, order)

    assert "E-mail au client : commande payée Abandonné après 78 essais" in told
    link = page_url("outbox_message", message.pk)
    assert f'href="{link}"' in markup(support, page_url("orders_order", order.pk))
    assert f'href="{link}"' not in markup(finance, page_url("orders_order", order.pk))


def test_a_message_without_a_name_is_for_those_who_see_messages() -> None:
    order = make_order()
    Message.objects.create(topic="odd_topic", key="1", about=str(order.pk))
    without = client_of_staff("orders.view_order", "orders.view_every_order")

    assert "odd_topic" in timeline(client_in(Role.SUPPORT), order)
    assert "odd_topic" not in timeline(without, order)


def test_messages_about_other_orders_are_not_told(admin_client: Client) -> None:
    Message.objects.create(topic="order_paid", key="1", about=str(make_order().pk))

    told = timeline(admin_client, make_assigned_order())

    assert "commande payée" not in told


def test_a_revision_leads_to_its_page_for_who_reads_answers(
    admin_client: Client,
) -> None:
    order = make_assigned_order()
    write(order)

    page = markup(admin_client, page_url("orders_order", order.pk))

    assert f'href="/admin/orders/order/{order.pk}/lectures/1/"' in page
