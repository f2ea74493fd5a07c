"""What a person reads when something is wrong: what, whether money moved, what next."""

from pathlib import Path

import pytest
from django.conf import settings as project
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from lumira.error_pages import server_error
from lumira.lone_pages import PLAIN, lone_page

BROWSER = {"accept": "text/html,*/*;q=0.8"}
NOTHING_HAPPENED = "Rien n’a été enregistré ni débité."
TAKE = "/commandes/lien/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/nowhere", 404),
        ("post", "/mentions-legales/", 405),
        ("put", "/commandes/", 405),
    ],
)
def test_a_wrong_turn_is_explained_and_leads_home(
    client: Client, method: str, address: str, status: int
) -> None:
    answer = getattr(client, method)(address, headers=BROWSER)
    text = answer.content.decode()

    assert answer.status_code == status
    assert f"Erreur {status}" in text
    assert '<a class="button" href="/">' in text
    assert 'href="/commandes/"' in text


@pytest.mark.django_db
def test_who_comes_the_wrong_way_reads_that_nothing_happened(client: Client) -> None:
    answer = client.post("/conditions-de-vente/", headers=BROWSER)

    assert NOTHING_HAPPENED in answer.content.decode()
    assert answer["Allow"] == "GET, HEAD"


@pytest.mark.django_db
def test_a_program_that_comes_the_wrong_way_gets_no_page(client: Client) -> None:
    answer = client.post("/healthz", headers={"accept": "*/*"})

    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.django_db
def test_a_form_that_came_too_late_says_that_nothing_happened() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/commandes/", {"email": "alice@example.org"})

    assert answer.status_code == 403
    assert NOTHING_HAPPENED in answer.content.decode()


@pytest.mark.django_db
def test_a_reload_of_another_persons_link_shows_ones_own_orders(client: Client) -> None:
    answer = client.get(f"{TAKE}?lien=of-somebody")

    assert (answer.status_code, answer["Location"]) == (302, "/commandes/")


@pytest.fixture
def no_manifest(settings: Settings, tmp_path: Path) -> None:
    """The list of hashed files is not there: collectstatic did not run."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = project.STORAGES | {
        "staticfiles": {"BACKEND": "lumira.static_storage.BundledStaticFilesStorage"}
    }


def test_our_failure_asks_neither_the_database_nor_the_list_of_files(
    rf: RequestFactory,
    no_manifest: None,
    db: None,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/paiement/"))
    text = answer.content.decode()

    assert answer.status_code == 500
    assert "ne recommencez pas tout de suite" in text
    assert f'href="{project.STATIC_URL}css/main.css"' in text


def test_our_failure_comes_when_even_its_page_is_broken(
    rf: RequestFactory, settings: Settings
) -> None:
    settings.TEMPLATES = [{**project.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]

    answer = server_error(rf.get("/"))

    assert answer.status_code == 500
    assert answer.content.decode() == PLAIN
    assert "do not pay again" in PLAIN


@pytest.mark.parametrize("page", ["500.html", "maintenance.html"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_that_stands_alone_speaks_both_languages(
    page: str, language: str
) -> None:
    with translation.override(language):
        text = lone_page(page)

    assert f'<html lang="{language}">' in text
    assert ("Si vous" in text) == (language == "fr")
