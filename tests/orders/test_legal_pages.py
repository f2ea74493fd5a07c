"""Mentions légales, conditions de vente, confidentialité: no database is asked."""

import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django import Settings

from orders.access import COOKIE, LIFETIME
from orders.forms import INTAKE
from tests.orders.operator_values import OPERATOR

NOTICE, TERMS, PRIVACY = PAGES = (
    "/mentions-legales/",
    "/conditions-de-vente/",
    "/confidentialite/",
)
TEXTS = Path(configured.BASE_DIR) / "templates" / "legal"


def read(address: str, language: str = "fr") -> str:
    answer = Client().get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def open_shop(settings: Settings) -> Settings:
    settings.ENVIRONMENT = "production"
    for name, value in OPERATOR.items():
        setattr(settings, name, value)
    return settings


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_notice_says_who_runs_the_shop(open_shop: Settings, language: str) -> None:
    page = read(NOTICE, language)

    assert [value for value in OPERATOR.values() if value not in page] == []
    assert open_shop.SUPPORT_EMAIL in page


@pytest.mark.parametrize("address", PAGES)
def test_what_is_missing_is_asked_for_while_the_shop_is_built(address: str) -> None:
    page = read(address)

    assert "juriste" in page
    asked = {name for name in OPERATOR if f"<code>{name}</code>" in page}
    assert asked == {NOTICE: set(OPERATOR), TERMS: {"LEGAL_MEDIATOR"}}.get(
        address, set()
    )


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("name", OPERATOR)
def test_an_open_shop_leaves_out_what_is_missing(
    open_shop: Settings, address: str, name: str
) -> None:
    setattr(open_shop, name, "")

    page = read(address)

    assert "LEGAL_" not in page
    assert "compléter</mark>" not in page
    assert "Un projet" not in page
    assert not re.search(r"<dl[^>]*>\s*</dl>", page)


def test_who_owes_no_vat_says_so_instead(open_shop: Settings) -> None:
    open_shop.LEGAL_IS_WITHOUT_VAT, open_shop.LEGAL_VAT = True, ""

    assert "293 B" in read(NOTICE)
    assert "293 B" in read(TERMS)
    assert "toutes taxes comprises" not in read(TERMS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_periods_are_those_that_the_purge_goes_by(
    settings: Settings, language: str
) -> None:
    settings.KEEP_UNPAID_DAYS, settings.KEEP_ANSWERS_MONTHS = 41, 17
    settings.KEEP_MESSAGES_DAYS, settings.KEEP_EVENTS_DAYS = 191, 93

    page = read(PRIVACY, language)

    units = {"fr": ("jours", "mois"), "en": ("days", "months")}[language]
    for period in (f"41 {units[0]}", f"17 {units[1]}", f"191 {units[0]}"):
        assert f"<td>{period}" in page
    assert f"<td>93 {units[0]}" in page


def test_every_cookie_of_the_shop_is_named() -> None:
    page = read(PRIVACY)

    names = (COOKIE, configured.CSRF_COOKIE_NAME, configured.LANGUAGE_COOKIE_NAME)
    assert [name for name in names if f"<code>{name}</code>" not in page] == []
    assert f"{LIFETIME.days} jours" in page


def test_every_answer_that_the_form_asks_for_is_named() -> None:
    """A new field fails here until the policy says why it is asked for."""
    told = {
        "firstName": "Prénom",
        "lastName": "nom",
        "phone": "Téléphone",
        "dateOfBirth": "la date",
        "birthTime": "l’heure",
        "birthPlace": "le lieu de votre naissance",
        "specificQuestion": "Votre question",
        "specificContext": "contexte",
        "lifeQuestion": "la question de votre vie",
    }

    page = read(PRIVACY)

    assert told.keys() == INTAKE.keys()
    assert [words for words in told.values() if words not in page] == []


@pytest.mark.parametrize("name", ["notice", "terms", "privacy"])
def test_both_languages_have_the_same_parts(name: str) -> None:
    """As many headings, links, paragraphs and values in the one as in the other."""
    parts = re.compile(
        r"<(?:h2|h3|p|li|dt|tr|a|strong)\b|\{\{[^}]*\}\}|\{% if [^%]*%\}"
    )
    french, english = (
        parts.findall((TEXTS / language / f"{name}.html").read_text())
        for language in ("fr", "en")
    )

    assert french == english


@pytest.mark.parametrize("name", ["notice", "terms", "privacy"])
def test_french_punctuation_does_not_break_lines(name: str) -> None:
    text = (TEXTS / "fr" / f"{name}.html").read_text()
    prose = re.sub(r"\{[%{#].*?[%}#]\}", "", text)

    assert re.findall(r".{12} [:;?!»]|« .{12}|\w'\w", prose) == []


@pytest.mark.parametrize("address", ["/", "/commandes/", "/nowhere", *PAGES])
def test_every_page_leads_to_them(db: None, address: str) -> None:
    page = Client().get(address).content.decode()

    assert [one for one in PAGES if f'href="{one}"' not in page] == []


def test_a_legal_page_is_only_read(client: Client) -> None:
    assert [client.post(address).status_code for address in PAGES] == [405] * 3
