"""What search engines and shared links are told of each page."""

import uuid
from collections import Counter

import pytest
from django.conf import settings as configured
from django.test import Client
from PIL import Image
from pytest_django import Settings

from orders.access import access_token
from tests.factories.catalogue import make_expert, make_service
from tests.factories.orders import make_order
from tests.found.head import Head, head_of

pytestmark = pytest.mark.django_db
SHOP = "https://lumira.example"
PUBLIC = [
    "/",
    "/commande/",
    "/experts/camille/",
    "/mentions-legales/",
    "/conditions-de-vente/",
    "/confidentialite/",
]


@pytest.fixture(autouse=True)
def _shop(settings: Settings) -> None:
    settings.SITE_URL = SHOP
    make_expert(make_service(), slug="camille", name="Camille « L’Aube » Aubry & fils")


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_public_page_says_where_it_is_found_and_in_which_languages(
    path: str, language: str
) -> None:
    head = head_of(f"{path}?lang={language}&utm_source=letter&service=premium")

    french, english = f"{SHOP}{path}", f"{SHOP}{path}?lang=en"
    assert head.language == language
    assert head.canonical == [french if language == "fr" else english]
    assert head.alternates == {"fr": french, "en": english, "x-default": french}
    assert "robots" not in head.meta


@pytest.mark.parametrize("path", PUBLIC)
def test_the_bare_address_is_found_as_the_language_it_speaks(path: str) -> None:
    french, english = (head_of(path, language) for language in ("fr", "en"))

    assert french.canonical == [f"{SHOP}{path}"]
    assert english.canonical == [f"{SHOP}{path}?lang=en"]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_shared_link_shows_the_title_the_description_and_a_picture(path: str) -> None:
    head = head_of(path)

    assert f"{head.meta['og:title']} · Lumira Oracle" == head.title
    assert head.meta["og:description"] == head.meta["description"]
    assert head.meta["og:url"] == head.canonical[0]
    assert head.meta["og:image"].startswith(f"{SHOP}/static/img/share")
    assert head.meta["og:locale"] == "fr_FR"
    assert head.meta["twitter:card"] == "summary_large_image"


def test_the_picture_is_as_large_as_it_says_and_light() -> None:
    head = head_of("/")
    file = configured.BASE_DIR / "static" / "img" / "share.png"

    with Image.open(file) as picture:
        width, height = picture.size
    assert head.meta["og:image:width"] == f"{width}"
    assert head.meta["og:image:height"] == f"{height}"
    assert file.stat().st_size <= 60_000


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_pages_have_one_title_or_one_description(language: str) -> None:
    heads = [head_of(path, language) for path in PUBLIC]

    titles = Counter(head.title for head in heads)
    descriptions = Counter(head.meta["description"] for head in heads)
    assert [title for title, times in titles.items() if times > 1] == []
    assert [text for text, times in descriptions.items() if times > 1] == []


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_result_of_a_search_shows_is_not_cut(path: str, language: str) -> None:
    head = head_of(path, language)

    assert 10 <= len(head.title) <= 80
    assert 40 <= len(head.meta["description"]) <= 170


def test_a_private_page_is_not_found_and_says_nothing_of_itself() -> None:
    order = make_order()
    client = Client()
    client.get(f"/commandes/?lien={access_token(order)}")

    for address in (
        "/commandes/",
        f"/paiement/{order.pk}/",
        order.get_absolute_url(),
        "/nowhere",
        "/experts/nobody/",
        f"/commandes/{uuid.uuid4()}/lecture/",
    ):
        head = Head(client.get(address).content.decode())
        assert "noindex" in head.meta["robots"], address
        assert head.canonical == [], address
        assert head.alternates == {}, address
        assert [name for name in head.meta if name.startswith("og:")] == [], address
        assert head.graph == [], address
