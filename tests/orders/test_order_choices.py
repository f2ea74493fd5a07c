"""What the order form offers, and what it says of links that ask for something else."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from orders.models import Service
from tests.factories.catalogue import make_expert, make_service
from tests.lumira.answer import Answer

pytestmark = pytest.mark.django_db
PAGE = "/commande/"


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    premium, vip = make_service(), make_service(slug="vip", name="VIP", price=14900)
    make_expert(premium, vip, slug="camille", name="Camille Aubry")
    make_expert(premium, slug="noor", name="Noor Haddad")


def chosen(answer: Answer) -> tuple[str, str]:
    form = answer.context["form"]
    return form["service"].value(), form["expert"].value()


def offered(answer: Answer) -> tuple[list[str], list[str]]:
    services, experts = answer.context["services"], answer.context["experts"]
    return [one.slug for one in services], [one.slug for one in experts]


def test_the_form_offers_what_leads_to_an_order(client: Client) -> None:
    make_service(slug="nobody-offers-it", price=100)
    make_expert(make_service(slug="withdrawn", is_active=False), slug="idle")
    make_expert(make_service(), slug="away", is_active=False)

    answer = client.get(PAGE)

    assert offered(answer) == (["premium", "vip"], ["camille", "noor"])


def test_the_catalogues_order_is_kept(client: Client) -> None:
    Service.objects.filter(slug="premium").update(position=9)

    answer = client.get(PAGE)

    assert offered(answer)[0] == ["vip", "premium"]


def test_a_link_that_fits_is_followed_without_a_word(client: Client) -> None:
    answer = client.get(PAGE, {"service": "vip", "expert": "camille"})

    assert chosen(answer) == ("vip", "camille")
    assert answer.context["notice"] == ""


@pytest.mark.parametrize("slug", ["nothing", "withdrawn", "Premium", "<b>"])
def test_a_link_to_a_service_that_is_gone_says_so(client: Client, slug: str) -> None:
    make_expert(make_service(slug="withdrawn", is_active=False), slug="idle")

    answer = client.get(PAGE, {"service": slug, "expert": "noor"})

    assert chosen(answer) == ("", "noor")
    assert "La consultation de ce lien n’est plus proposée" in answer.content.decode()


@pytest.mark.parametrize("slug", ["nobody", "away"])
def test_a_link_to_an_expert_who_left_says_so(client: Client, slug: str) -> None:
    make_expert(make_service(), slug="away", is_active=False)

    answer = client.get(PAGE, {"service": "premium", "expert": slug})

    assert chosen(answer) == ("premium", "")
    assert "L’expert de ce lien ne consulte pas" in answer.content.decode()


def test_of_a_pair_that_does_not_fit_the_expert_is_kept(client: Client) -> None:
    answer = client.get(PAGE, {"service": "vip", "expert": "noor"})

    assert chosen(answer) == ("", "noor")
    assert "Noor Haddad ne propose pas" in answer.content.decode()


def test_with_nothing_on_sale_the_page_says_so_and_has_no_form(client: Client) -> None:
    Service.objects.update(is_active=False)

    page = client.get(PAGE).content.decode()

    assert "Nous ne prenons pas de demande en ce moment" in page
    assert "data-order-form" not in page


def test_the_form_costs_three_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        make_expert(make_service(), slug=f"expert-{number}")

    with django_assert_num_queries(3):
        client.get(PAGE)
