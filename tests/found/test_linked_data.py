"""What the pages tell machines in schema.org's words: true, whole and harmless.

What each kind must have: https://schema.org and the lists of
https://developers.google.com/search/docs/appearance/structured-data
"""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings

from orders.questions import QUESTIONS
from tests.factories.catalogue import make_expert, make_service
from tests.found.head import Head, head_of
from tests.orders.making_pictures import picture

pytestmark = pytest.mark.django_db
SHOP = "https://lumira.example"
MUST_HAVE = {
    "Organization": {"name", "url", "logo"},
    "WebSite": {"name", "url"},
    "Service": {"name"},
    "Offer": {"price", "priceCurrency", "availability", "url"},
    "UnitPriceSpecification": {"price", "priceCurrency", "referenceQuantity"},
    "QuantitativeValue": {"value", "unitCode"},
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "Person": {"name", "url", "worksFor"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
MAY_HAVE = {
    "WebSite": {"inLanguage", "publisher"},
    "Service": {"description", "provider", "offers"},
    "Offer": {"priceSpecification", "itemOffered"},
    "FAQPage": {"inLanguage"},
    "Person": {"description", "knowsAbout", "makesOffer", "image"},
}
ADDRESSES = {"url", "logo", "image", "item", "@id"}


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.SITE_URL = SHOP


def everything_in(value: Any) -> list[dict[str, Any]]:
    """Each thing of a graph, however deep; references to another one left out."""
    if isinstance(value, list):
        return [thing for one in value for thing in everything_in(one)]
    if not isinstance(value, dict) or value.keys() == {"@id"}:
        return []
    return [value, *(thing for one in value.values() for thing in everything_in(one))]


def full_catalogue() -> None:
    premium = make_service(description="Une heure pour votre question.")
    monthly = make_service(
        slug="integral", name="Intégral", billing="month", price=9700
    )
    yearly = make_service(slug="an", name="Une année", billing="year", price=99000)
    expert = make_expert(
        *(premium, monthly, yearly),
        slug="camille",
        bio="Astrologue.\n\nÀ Nantes.",
        specialities=["Astrologie", "Tarot"],
    )
    expert.photo.save("camille.jpg", ContentFile(picture()))
    make_expert(slug="plain", name="Elias")


@pytest.mark.parametrize("page", ["/", "/experts/camille/", "/experts/plain/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_thing_has_what_its_kind_must_have_and_nothing_unknown(
    page: str, language: str
) -> None:
    full_catalogue()

    things = everything_in(head_of(page, language).graph)

    assert len(things) > 5
    for thing in things:
        kind, named = thing["@type"], thing.keys() - {"@type", "@id"}
        assert MUST_HAVE[kind] <= named <= MUST_HAVE[kind] | MAY_HAVE.get(kind, set())
        assert all(thing[name] for name in named), thing
        for name in thing.keys() & ADDRESSES:
            assert re.match(rf"{SHOP}[/#?]", thing[name]), thing


def test_a_reference_leads_to_a_thing_of_the_page() -> None:
    full_catalogue()

    graph = head_of("/").graph

    named = {thing["@id"] for thing in graph if "@id" in thing}
    meant = {thing["provider"]["@id"] for thing in graph if thing["@type"] == "Service"}
    assert meant <= named


def test_the_prices_are_those_of_the_catalogue() -> None:
    full_catalogue()

    services = {one["name"]: one["offers"] for one in head_of("/").things("Service")}

    once, monthly = services["Consultation Premium"], services["Intégral"]
    assert (once["price"], once["priceCurrency"]) == ("79.00", "EUR")
    assert once["url"] == f"{SHOP}/commande/?service=premium"
    assert "priceSpecification" not in once
    assert monthly["priceSpecification"]["price"] == "97.00"
    assert monthly["priceSpecification"]["referenceQuantity"]["unitCode"] == "MON"


def test_a_currency_without_decimals_is_not_divided() -> None:
    make_expert(make_service(price=500, currency="jpy"))

    [service] = head_of("/").things("Service")

    assert service["offers"]["price"] == "500"


def test_what_cannot_be_ordered_is_not_offered() -> None:
    make_expert(make_service(), is_active=False)
    make_service(slug="old", name="Retirée", is_active=False)

    assert head_of("/").things("Service") == []


def test_an_expert_is_told_with_what_they_sell_and_where_one_is() -> None:
    full_catalogue()

    head = head_of("/experts/camille/", "en")

    [person], [trail] = head.things("Person"), head.things("BreadcrumbList")
    assert person["url"] == f"{SHOP}/experts/camille/?lang=en"
    assert person["knowsAbout"] == ["Astrologie", "Tarot"]
    assert {offer["itemOffered"]["name"] for offer in person["makesOffer"]} == {
        "Consultation Premium",
        "Intégral",
        "Une année",
    }
    places = trail["itemListElement"]
    assert [place["position"] for place in places] == [1, 2]
    assert places[0]["item"] == f"{SHOP}/#experts"


def test_the_questions_are_those_that_people_read() -> None:
    page = unescape(Client().get("/").content.decode())

    [faq] = Head(page).things("FAQPage")

    text = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert len(faq["mainEntity"]) == len(QUESTIONS)
    for question in faq["mainEntity"]:
        assert question["name"] in text
        assert question["acceptedAnswer"]["text"] in text


def test_a_name_of_the_catalogue_cannot_end_the_block() -> None:
    name = '</script><script>alert("1")</script><!-- & '
    make_expert(slug="camille", name=name, bio=f"{name}\u2028")

    page = Client().get("/experts/camille/").content.decode()

    assert page.count("</script>") == page.count("<script")
    assert "<script>alert" not in page
    assert Head(page).things("Person")[0]["name"] == name


@pytest.mark.parametrize("page", ["/commande/", "/mentions-legales/"])
def test_other_pages_tell_nothing(page: str) -> None:
    assert head_of(page).graph == []
