"""Services and experts in English, wherever they are shown, where it is written."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumira.chosen_language import in_language
from orders.access import COOKIE, access_token
from orders.catalogue_version import catalogue_version
from tests.factories.orders import make_order
from tests.factories.subscriptions import make_invoice, make_subscription
from tests.factories.two_languages import ENGLISH, FRENCH, found_in, make_catalogue
from tests.factories.work import make_assigned_order, make_delivered_order
from tests.found.head import head_of

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/experts/camille/", "/commande/?service=premium&expert=camille"]
ORDERED = [
    *("orders:my-orders", "payments:pay", "confirmation", "orders:reading"),
    *("payments:subscription", "payments:subscription-stop"),
    *("payments:subscription-card", "payments:subscription-pay"),
]


def public_page(address: str, language: str) -> str:
    return Client().get(in_language(address, language)).content.decode()


def customers_page(name: str, language: str, *, has_english: bool) -> str:
    """A page of somebody who has ordered both services, once it has come."""
    catalogue = make_catalogue(has_english=has_english)
    order = make_order(service=catalogue.premium, expert=catalogue.camille)
    running = make_subscription(service=catalogue.monthly, status="past_due")
    make_invoice(running, status="open", number="LUM-0002")
    if name == "orders:reading":
        order = make_delivered_order(make_assigned_order(service=catalogue.premium))
    client = Client(headers={"accept-language": language})
    client.cookies[COOKIE] = access_token(order)
    address = {
        "orders:my-orders": reverse("orders:my-orders"),
        "confirmation": order.get_absolute_url(),
    }.get(name)
    key = running.pk if "subscription" in name else order.pk
    answer = client.get(address or reverse(name, args=[key]))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def marked_in(page: str) -> set[str]:
    """The texts that stand in an element of which the page says that it is French."""
    marked = r'<(?!html)(\w+)[^>]* lang="fr"[^>]*>(.*?)</\1>'
    inside = re.findall(marked, page, re.DOTALL)
    return {text for text in FRENCH for _tag, within in inside if text in within}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_in_english_shows_nothing_of_the_french(address: str) -> None:
    make_catalogue(has_english=True)

    page = public_page(address, "en")

    assert found_in(page, FRENCH) == set()
    assert found_in(page, ENGLISH)
    assert marked_in(page) == set()


@pytest.mark.parametrize("name", ORDERED)
def test_neither_does_a_page_of_who_has_ordered(name: str) -> None:
    page = customers_page(name, "en", has_english=True)

    assert found_in(page, FRENCH) == set()
    assert found_in(page, ENGLISH)


@pytest.mark.parametrize("address", PUBLIC)
def test_in_french_everything_is_as_it_was(address: str) -> None:
    make_catalogue(has_english=True)

    page = public_page(address, "fr")

    assert found_in(page, ENGLISH) == set()
    assert found_in(page, FRENCH)
    assert marked_in(page) == set()


@pytest.mark.parametrize("name", ORDERED)
def test_who_ordered_in_french_reads_french(name: str) -> None:
    page = customers_page(name, "fr", has_english=True)

    assert found_in(page, ENGLISH) == set()
    assert found_in(page, FRENCH)
    assert marked_in(page) == set()


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_not_written_is_shown_in_french_and_marked(address: str) -> None:
    make_catalogue(has_english=False)

    page = public_page(address, "en")

    assert found_in(page, FRENCH)
    assert marked_in(page) == found_in(page, FRENCH)


@pytest.mark.parametrize("name", ORDERED)
def test_it_is_marked_for_who_has_ordered_too(name: str) -> None:
    page = customers_page(name, "en", has_english=False)

    assert found_in(page, FRENCH)
    assert marked_in(page) == found_in(page, FRENCH)


def test_one_text_that_is_missing_takes_no_other_with_it() -> None:
    catalogue = make_catalogue(has_english=True)
    catalogue.premium.description_en = ""
    catalogue.premium.save()

    page = public_page("/", "en")

    assert found_in(page, FRENCH) == marked_in(page) == {"Ce qui se joue."}
    assert "Premium Consultation" in page
    assert "One hour" in page


@pytest.mark.parametrize("address", PUBLIC[:2])
def test_machines_are_told_what_the_page_says(address: str) -> None:
    make_catalogue(has_english=True)

    heads = {
        language: head_of(f"{address}?lang={language}") for language in ("fr", "en")
    }

    said = {
        language: json.dumps(
            [head.graph, head.title, head.meta["og:title"], head.meta["description"]],
            ensure_ascii=False,
        )
        for language, head in heads.items()
    }
    assert found_in(said["en"], FRENCH) == found_in(said["fr"], ENGLISH) == set()
    assert found_in(said["en"], ENGLISH)
    assert found_in(said["fr"], FRENCH)


@pytest.mark.parametrize(
    ("of", "field", "text"),
    [
        ("premium", "name_en", "Premium Reading"),
        ("premium", "description_en", "Now."),
        ("premium", "features_en", ["Two texts"]),
        ("camille", "bio_en", "Thirty years."),
        ("camille", "specialities_en", ["Family"]),
    ],
)
def test_another_english_text_is_another_catalogue(
    of: str, field: str, text: Any
) -> None:
    row = getattr(make_catalogue(has_english=True), of)
    before = catalogue_version()

    setattr(row, field, text)
    row.save()

    assert catalogue_version() != before


def test_price_and_address_are_the_same_in_both() -> None:
    make_catalogue(has_english=True)

    pages = [public_page("/commande/", language) for language in ("fr", "en")]

    for page in pages:
        assert 'value="premium"' in page
        assert "79" in page


def test_what_does_not_go_together_is_said_in_english() -> None:
    catalogue = make_catalogue(has_english=True)
    catalogue.camille.offers.filter(service=catalogue.premium).delete()
    make_order(service=catalogue.premium)  # whose expert offers it

    page = public_page("/commande/?service=premium&expert=camille", "en")

    assert "“Premium Consultation”" in page
    assert found_in(page, FRENCH) == set()
