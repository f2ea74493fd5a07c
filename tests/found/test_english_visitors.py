"""Whoever reads English meets no French text of ours on any page that can be found."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.catalogue import make_expert, make_service
from tests.found.head import head_of
from tests.lumira.french_words import french_in, readable
from tests.lumira.po_file import entries_of

pytestmark = pytest.mark.django_db
PAGES = ["/", "/commande/", "/experts/camille/", "/experts/nobody/", "/nowhere"]
LEGAL = ["/mentions-legales/", "/conditions-de-vente/", "/confidentialite/"]
PO_FILE = Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.fixture(autouse=True)
def _catalogue_without_french() -> None:
    """So that what is found is the shop's own."""
    basic = make_service(slug="basic", name="Basic", description="Short.", level=1)
    monthly = make_service(slug="monthly", name="Monthly", level=4, billing="month")
    make_service(slug="yearly", name="Yearly", level=3, billing="year")
    make_expert(
        *(basic, monthly),
        slug="camille",
        bio="First.\n\nThen.",
        specialities=["Tarot"],
    )
    make_expert(basic, slug="elias", name="Elias Benhamou")


def english(address: str) -> str:
    answer = Client().get(address, {"lang": "en"})
    assert '<html lang="en">' in answer.content.decode()
    return readable(answer.content.decode())


@pytest.mark.parametrize("address", PAGES)
def test_no_french_word_is_on_an_english_page(address: str) -> None:
    assert french_in(english(address)) == set()


@pytest.mark.parametrize("address", [*PAGES, *LEGAL])
def test_no_text_stayed_as_it_stands_in_the_source(address: str) -> None:
    page = " ".join(english(address).split())
    sources = [source for entry in entries_of(PO_FILE) for source in entry.sources]
    sentences = [" ".join(text.split()) for text in sources if " " in text.strip()]

    assert len(sentences) > 200
    assert [text for text in sentences if text in page] == []


@pytest.mark.parametrize("address", ["/", "/experts/camille/"])
def test_machines_are_told_in_english_too(address: str) -> None:
    told = json.dumps(head_of(f"{address}?lang=en").graph, ensure_ascii=False)

    assert "What will I receive?" in told or "Camille" in told
    assert french_in(re.sub(r'"http[^"]*"', "", told)) == set()


def test_the_price_is_written_as_each_language_writes_it() -> None:
    pages = {
        language: Client().get("/", {"lang": language}).content.decode()
        for language in ("fr", "en")
    }

    assert "79,00\u00a0€" in pages["fr"]
    assert "€79.00" in pages["en"]
    assert "€79.00" not in pages["fr"]


def test_what_the_shop_wrote_in_french_is_marked_as_french() -> None:
    """Where it has no English: a screen reader pronounces it right."""
    page = Client().get("/", {"lang": "en"}).content.decode()

    for text in ("Basic", "Short.", "Tarot", "First."):
        assert re.search(rf'lang="fr">\s*{re.escape(text)}', page), text
