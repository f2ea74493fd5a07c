"""`?lang=en`: a plain link to every page in the other language, and a kept choice."""

import re

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import NoReverseMatch, reverse

from lumira.chosen_language import in_language
from orders.access import access_token
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order
from tests.factories.staff import client_of, make_staff
from tests.factories.work import make_delivered_order
from tests.lumira.answer import Answer
from tests.orders.filling_in import answers

pytestmark = pytest.mark.django_db
LANGUAGE = configured.LANGUAGE_COOKIE_NAME
TOKEN = configured.CSRF_COOKIE_NAME


def language_of(answer: Answer) -> str:
    found = re.search(r'<html lang="(\w+)"', answer.content.decode())
    assert found
    return found[1]


def switch_of(answer: Answer) -> dict[str, str]:
    """The links of the switch, by their languages."""
    links = re.findall(
        r'<a class="language-switch__choice" href="([^"]*)" lang="(\w+)"',
        answer.content.decode(),
    )
    return {language: href.replace("&amp;", "&") for href, language in links}


def test_the_address_decides_and_the_choice_is_kept(client: Client) -> None:
    asked = client.get("/?lang=en", headers={"accept-language": "fr"})
    later = client.get("/commande/", headers={"accept-language": "fr"})

    assert language_of(asked) == language_of(later) == "en"
    assert asked["Content-Language"] == later["Content-Language"] == "en"


def test_the_address_overrules_what_was_kept(client: Client) -> None:
    client.get("/?lang=en")

    assert language_of(client.get("/?lang=fr")) == "fr"
    assert language_of(client.get("/")) == "fr"


@pytest.mark.parametrize("value", ["de", "", "EN", "en\x00", "fr'--", "e" * 5000])
def test_an_unknown_language_is_not_spoken_and_not_kept(
    client: Client, value: str
) -> None:
    answer = client.get("/", {"lang": value})

    assert language_of(answer) == "fr"
    assert LANGUAGE not in answer.cookies


def test_the_cookie_is_written_only_when_it_changes(client: Client) -> None:
    first, second = client.get("/?lang=en"), client.get("/?lang=en")

    cookie = first.cookies[LANGUAGE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # the visit, as the privacy policy says
    assert LANGUAGE not in second.cookies


def test_caches_are_told_what_the_language_depends_on(client: Client) -> None:
    for address in ("/", "/commande/", "/nowhere"):
        vary = {name.strip() for name in client.get(address)["Vary"].split(",")}
        assert {"Accept-Language", "Cookie"} <= vary, address


def test_each_link_leads_to_the_same_page_with_its_other_parameters(
    client: Client,
) -> None:
    answer = client.get("/commande/?service=premium&expert=camille&lang=en")

    links = switch_of(answer)
    assert links == {
        "fr": "/commande/?service=premium&expert=camille&lang=fr",
        "en": "/commande/?service=premium&expert=camille&lang=en",
    }
    assert language_of(client.get(links["fr"])) == "fr"


def test_the_link_of_the_other_language_is_marked_as_such(client: Client) -> None:
    page = client.get("/").content.decode()

    assert 'lang="en" hreflang="en">English</a>' in page
    assert 'lang="fr" hreflang="fr" aria-current="true">Français</a>' in page


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/?lien=secret&lang=fr", "/?lang=en"),
        ("/x?payment_intent_client_secret=s&order_id=1", "/x?order_id=1&lang=en"),
        ("/x?a=1&a=2&b=", "/x?a=1&a=2&b=&lang=en"),
        ("/x?q=%C3%A9+%26", "/x?q=%C3%A9+%26&lang=en"),
        ("", "?lang=en"),
    ],
)
def test_a_secret_is_not_written_into_a_link(address: str, kept: str) -> None:
    assert in_language(address, "en") == kept


def test_no_page_of_a_link_repeats_its_token(client: Client) -> None:
    token = access_token(make_order())

    for address in ("/commandes/", "/", "/nowhere"):
        for tried in (token, "forged"):
            page = client.get(f"{address}?lien={tried}").content.decode()
            assert tried not in page, address


def test_a_form_with_mistakes_leads_to_itself(client: Client) -> None:
    make_expert()
    refused = client.post("/commande/?service=premium", answers(email="nowhere"))

    links = switch_of(refused)
    again = client.get(links["en"])

    assert refused.status_code == 422
    assert (again.status_code, language_of(again)) == (200, "en")


def test_a_form_sent_from_an_english_address_is_answered_in_english(
    client: Client,
) -> None:
    refused = client.post("/commandes/?lang=en", {"email": "nowhere"})

    assert language_of(refused) == "en"


@pytest.mark.django_db(transaction=True)
def test_a_reading_has_the_links_too(client: Client) -> None:
    order = make_delivered_order(text="Lorem ipsum.")
    client.get(f"/commandes/?lien={access_token(order)}")
    here = f"/commandes/{order.pk}/lecture/"

    links = switch_of(client.get(here))

    assert links["en"] == f"{here}?lang=en"
    assert language_of(client.get(links["en"])) == "en"


def test_the_admin_stays_french() -> None:
    staff = client_of(make_staff())

    answer = staff.get("/admin/?lang=en")

    assert language_of(answer) == "fr"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?lang=en",
        "/experts/camille/",
        "/mentions-legales/",
        "/conditions-de-vente/",
        "/confidentialite/",
        "/nowhere",
        "/experts/nobody/",
        "/robots.txt",
        "/sitemap.xml",
        "/manifest.webmanifest",
    ],
)
def test_a_page_without_a_form_sets_no_token(client: Client, address: str) -> None:
    make_expert(slug="camille")

    assert TOKEN not in client.get(address).cookies


def test_a_page_with_a_form_still_does(client: Client) -> None:
    make_expert()

    assert TOKEN in client.get("/commande/").cookies


def test_there_is_no_other_way_to_change_the_language(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("set_language")
    assert client.post("/i18n/setlang/", {"language": "en"}).status_code == 404
