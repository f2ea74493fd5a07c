"""The first page: what is sold, from what price, by whom; also when it is nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orders.models import Expert, Service
from orders.models.service import Billing
from tests.factories.catalogue import make_expert, make_service
from tests.orders.reading_text import text_of

pytestmark = pytest.mark.django_db


def home(client: Client) -> str:
    return client.get("/").content.decode()


def test_the_first_lines_say_the_lowest_price_and_how_soon(client: Client) -> None:
    basic = make_service(slug="basic", price=2900, delivery_hours=48)
    make_expert(basic, make_service(price=7900))

    first_screen = text_of(home(client), until="</section>")

    assert "dès 29,00 € pour une lecture écrite, prête sous 2 jours" in first_screen


def test_a_price_by_the_month_is_not_the_lowest_beside_one_paid_once(
    client: Client,
) -> None:
    monthly = make_service(slug="monthly", price=900, billing=Billing.MONTH)
    make_expert(monthly, make_service(price=7900))

    page = home(client)

    assert "dès 79,00 € pour" in text_of(page, until="</section>")
    assert "9,00 € par mois Vous arrêtez quand vous voulez" in text_of(page)


def test_only_by_the_month_the_first_price_says_so(client: Client) -> None:
    make_expert(make_service(price=9700, billing=Billing.MONTH))

    assert "dès 97,00 € par mois pour" in text_of(home(client), until="</section>")


def test_what_nobody_offers_is_shown_and_cannot_be_ordered(client: Client) -> None:
    make_expert(make_service(name="Consultation Premium"))
    make_service(slug="alone", price=100, name="Consultation Seule")

    page = home(client)

    assert "Aucun expert ne la propose" in page
    assert "service=alone" not in page
    assert "service=premium" in page
    assert "dès 1,00 €" not in text_of(page)


def test_who_is_hidden_does_not_count_among_those_who_offer_it(client: Client) -> None:
    premium = make_service()
    make_expert(premium, name="Camille Aubry")
    make_expert(premium, slug="away", is_active=False)

    assert "Au choix 1 expert " in text_of(home(client))


def test_a_card_leads_to_the_page_of_the_expert(client: Client) -> None:
    make_expert(slug="camille", name="Camille Aubry", bio="Vingt ans.\n\nLe reste.")

    page = home(client)

    assert 'href="/experts/camille/"' in page
    assert "Vingt ans. dès 79,00 € Rencontrer Camille Aubry" in text_of(page)


def test_an_expert_with_nothing_but_a_name_still_has_a_card(client: Client) -> None:
    Expert.objects.create(slug="zoe", name="Zoé")

    page = text_of(home(client))

    assert "Zoé Pas de consultation en ce moment Rencontrer Zoé" in page


def test_an_empty_shop_says_so_and_leads_nowhere(client: Client) -> None:
    page = home(client)

    assert "Aucune consultation n’est ouverte en ce moment" in page
    assert "Nos experts se présenteront bientôt ici" in page
    assert "Choisir ma consultation" not in page
    assert "Quelle est votre question" not in page


def test_it_takes_as_many_queries_for_many_as_for_one(client: Client) -> None:
    make_expert(make_service())
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        home(client)
    services = [make_service(slug=f"s{n}", name=f"Service {n}") for n in range(5)]
    for _n in range(5):
        make_expert(*services)

    with CaptureQueriesContext(connection) as for_many:
        page = home(client)

    assert page.count("expert-card__link") == 6
    assert len(for_many) == len(for_one) <= 4


@pytest.mark.parametrize(
    ("hours", "french"),
    [(1, "1 heure"), (36, "36 heures"), (24, "1 jour"), (72, "3 jours")],
)
def test_how_soon_is_said_in_days_when_it_is_days(hours: int, french: str) -> None:
    service = Service(delivery_hours=hours)

    assert service.delivery_text.replace("\u00a0", " ") == french
