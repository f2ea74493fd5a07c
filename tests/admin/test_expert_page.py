from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from orders.models import Expert, ServiceOffer
from tests.admin.expert_form import EXPERTS, FORM, make_camille, save
from tests.admin.reading_pages import (
    client_of_staff,
    listed,
    markup,
    page_url,
    words,
)
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


def test_the_list_shows_who_they_are_and_what_they_offer(admin_client: Client) -> None:
    make_expert(
        make_service(slug="vip", position=2),
        make_service(slug="basic", position=0),
        make_service(slug="old", is_active=False),
        name="Inês Carvalho",
        specialities=["Lecture symbolique", "Création"],
    )

    rows = listed(admin_client, EXPERTS)

    assert rows == [
        "I Inês Carvalho Lecture symbolique · Création basic · vip - À traduire "
        "check_small"
    ]


def test_specialities_are_written_one_per_line_and_come_back_so(
    admin_client: Client,
) -> None:
    expert = make_camille()

    save(admin_client, expert, specialities="Tarot\n\n Relations \n")
    page = markup(admin_client, page_url(EXPERTS, expert.pk))

    expert.refresh_from_db()
    assert expert.specialities == ["Tarot", "Relations"]
    assert "Tarot\nRelations</textarea>" in page


def offer_form(*services: Any, existing: tuple[ServiceOffer, ...] = ()) -> Any:
    rows: dict[str, str] = {
        "offers-TOTAL_FORMS": str(len(services)),
        "offers-INITIAL_FORMS": str(len(existing)),
    }
    for number, service in enumerate(services):
        rows[f"offers-{number}-service"] = str(service.pk)
        if number < len(existing):
            rows[f"offers-{number}-id"] = str(existing[number].pk)
    return rows


def test_offers_are_added_and_taken_away_on_the_experts_page() -> None:
    basic, vip = make_service(slug="basic"), make_service(slug="vip")
    expert = make_expert(basic, slug="camille")
    client = client_of_staff("orders.view_expert", "orders.change_expert")
    form = offer_form(basic, vip, existing=(expert.offers.get(),))

    answer = save(client, expert, **form, **{"offers-0-DELETE": "on"})

    assert answer.status_code == HTTPStatus.FOUND
    assert [offer.service for offer in expert.offers.all()] == [vip]


def test_the_same_service_offered_twice_is_refused(admin_client: Client) -> None:
    basic = make_service(slug="basic")
    expert = make_expert(basic, slug="camille")
    form = offer_form(basic, basic, existing=(expert.offers.get(),))

    answer = save(admin_client, expert, **form)

    assert answer.status_code == HTTPStatus.OK
    assert expert.offers.count() == 1


def test_an_expert_with_orders_is_not_deleted_and_the_reason_is_said(
    admin_client: Client,
) -> None:
    expert = make_camille()
    make_order(expert=expert)
    delete = reverse("admin:orders_expert_delete", args=[expert.pk])

    done = admin_client.post(delete, {"post": "yes"})

    assert done["Location"] == page_url(EXPERTS, expert.pk)
    assert [str(message) for message in get_messages(done.wsgi_request)] == [
        "«\u00a0Camille Aubry\u00a0» a des commandes et ne peut pas être supprimé. "
        "Décochez «\u00a0visible\u00a0» pour le retirer de la boutique."
    ]
    assert Expert.objects.filter(pk=expert.pk).exists()


def test_an_expert_without_orders_can_be_deleted(admin_client: Client) -> None:
    expert = make_camille()

    admin_client.post(
        reverse("admin:orders_expert_delete", args=[expert.pk]), {"post": "yes"}
    )

    assert not Expert.objects.filter(pk=expert.pk).exists()


def test_an_expert_who_is_hidden_leaves_the_shop(
    admin_client: Client, client: Client
) -> None:
    expert = make_camille()
    hidden = {name: text for name, text in FORM.items() if name != "is_active"}
    shown_before = "Camille Aubry" in client.get("/").content.decode()

    admin_client.post(page_url(EXPERTS, expert.pk), hidden)

    assert shown_before
    assert "Camille Aubry" not in client.get("/").content.decode()


def test_the_page_leads_to_the_shop_while_the_expert_is_shown(
    admin_client: Client,
) -> None:
    shown, hidden = make_camille(), make_expert(slug="hidden", is_active=False)

    links = [
        admin_client.get(page_url(EXPERTS, expert.pk)).context["absolute_url"]
        for expert in (shown, hidden)
    ]

    assert links == ["/experts/camille/", None]


def test_who_may_only_look_sees_the_offers() -> None:
    expert = make_camille()
    client = client_of_staff("orders.view_expert")

    page = words(client, page_url(EXPERTS, expert.pk))

    assert "Services proposés Service Consultation Premium" in page


def test_who_may_add_experts_adds_their_offers_with_them() -> None:
    vip = make_service(slug="vip")
    client = client_of_staff("orders.add_expert")
    form = FORM | {"slug": "zoe", "name": "Zoé"} | offer_form(vip)

    answer = client.post(reverse("admin:orders_expert_add"), form)

    assert answer.status_code == HTTPStatus.FOUND
    assert [offer.service for offer in Expert.objects.get().offers.all()] == [vip]


def test_who_may_only_add_experts_does_not_edit_the_offers_of_another() -> None:
    expert = make_camille()
    client = client_of_staff("orders.add_expert", "orders.view_expert")

    answer = save(client, expert, **offer_form(make_service(slug="vip")))

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert [offer.service.slug for offer in expert.offers.all()] == ["premium"]
