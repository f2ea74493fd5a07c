"""/experts/<slug>/: who they are, what they sell, and who else is there."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.models import Expert
from orders.models.service import Billing
from tests.factories.catalogue import make_expert, make_service
from tests.orders.reading_text import text_of

pytestmark = pytest.mark.django_db


def page_of(client: Client, slug: str, status: int = 200) -> str:
    answer = client.get(f"/experts/{slug}/")
    assert answer.status_code == status
    return answer.content.decode()


def test_it_says_who_they_are_and_from_what_price(client: Client) -> None:
    make_expert(
        slug="camille",
        name="Camille Aubry",
        specialities=["Famille", "Passages"],
        bio="Vingt ans d’écoute.\n\nElle écrit <longuement>.",
    )

    page = page_of(client, "camille")

    assert "<title>Camille Aubry, Famille · Lumira Oracle</title>" in page
    assert '<meta name="description" content="Vingt ans d’écoute.">' in page
    assert (
        "Camille Aubry Famille · Passages Vingt ans d’écoute. dès 79,00 € "
        "Consulter Camille Aubry Une lecture par Camille Aubry Elle écrit <longuement>."
    ) in text_of(page)


def test_each_consultation_is_ordered_from_them(client: Client) -> None:
    monthly = make_service(slug="monthly", price=9700, billing=Billing.MONTH)
    make_service(slug="other", name="Consultation Autre")
    make_expert(make_service(), monthly, slug="camille")

    page = page_of(client, "camille")

    assert 'href="/commande/?service=premium&amp;expert=camille"' in page
    assert 'href="/commande/?service=monthly&amp;expert=camille"' in page
    assert "97,00 € par mois" in text_of(page)
    assert "Consultation Autre" not in page


def test_one_consultation_is_chosen_at_once(client: Client) -> None:
    make_expert(make_service(), slug="camille")

    page = page_of(client, "camille")

    assert 'href="/commande/?service=premium&amp;expert=camille"' in page


def test_what_is_no_longer_sold_is_not_offered(client: Client) -> None:
    make_expert(make_service(is_active=False), slug="camille", name="Camille Aubry")
    make_expert(make_service(slug="basic"), slug="elias", name="Elias Benhamou")

    page = page_of(client, "camille")

    assert "Camille Aubry n’ouvre pas de consultation en ce moment." in text_of(page)
    assert "/commande/?" not in page
    assert 'href="/experts/elias/"' in page


def test_nothing_but_a_name_is_enough(client: Client) -> None:
    Expert.objects.create(slug="zoe", name="Zoé")

    page = page_of(client, "zoe")

    assert "<title>Zoé · Lumira Oracle</title>" in page
    assert "D’autres" not in page
    assert "Une lecture par" not in page


@pytest.mark.parametrize("slug", ["away", "nobody"])
def test_who_is_not_there_leads_to_those_who_are(client: Client, slug: str) -> None:
    make_expert(slug="away", name="Basile Absent", is_active=False)
    make_expert(slug="camille", name="Camille Aubry")

    page = page_of(client, slug, status=404)

    assert "Cet expert n’est pas ici" in page
    assert 'href="/experts/camille/"' in page
    assert "Basile Absent" not in page
    assert "noindex" in page


def test_in_a_shop_without_experts_the_404_still_comes(client: Client) -> None:
    assert "D’autres voix" not in page_of(client, "nobody", status=404)


def test_everybody_is_met_on_somebody_s_page(client: Client) -> None:
    names = [f"expert-{n:02}" for n in range(12)]
    for name in names:
        make_expert(slug=name, name=name)

    met = {
        other
        for name in names
        for other in names
        if f'href="/experts/{other}/"' in page_of(client, name)
    }

    assert met == set(names)


def test_two_of_one_name_each_meet_the_other(client: Client) -> None:
    make_expert(slug="one", name="Camille Aubry")
    make_expert(slug="two", name="Camille Aubry")

    assert 'href="/experts/two/"' in page_of(client, "one")
    assert 'href="/experts/one/"' in page_of(client, "two")


def test_the_list_of_experts_is_on_the_first_page(client: Client) -> None:
    answer = client.get("/experts/")

    assert (answer.status_code, answer["Location"]) == (302, "/#experts")


def test_it_takes_as_many_queries_for_many_as_for_one(client: Client) -> None:
    make_expert(make_service(), slug="camille")
    with CaptureQueriesContext(connection) as for_one:
        page_of(client, "camille")
    services = [make_service(slug=f"s{n}", name=f"Service {n}") for n in range(5)]
    make_expert(*services, slug="camille")
    for _n in range(5):
        make_expert(*services)

    with CaptureQueriesContext(connection) as for_many:
        page = page_of(client, "camille")

    assert page.count("service-card__name") == 6
    assert len(for_many) == len(for_one) <= 3


def test_another_portrait_has_another_address(client: Client) -> None:
    expert = Expert(slug="camille", name="Camille", photo="experts/0a1b2c3d-4e5f.jpg")
    before = expert.portrait_address
    after = Expert(slug="camille", photo="experts/99887766-5544.jpg").portrait_address

    assert before == "/experts/camille/portrait?v=0a1b2c3d"
    assert after != before
