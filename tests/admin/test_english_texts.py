"""The catalogue's English texts in the admin: written, missing, grown old."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from lumira.audit.models import AuditEntry
from orders.models import Expert, Service
from tests.admin import expert_form, test_service_page
from tests.admin.expert_form import EXPERTS
from tests.admin.reading_pages import listed, markup, page_url, plain
from tests.admin.test_service_page import SERVICES, save
from tests.factories.catalogue import make_expert, make_service
from tests.factories.two_languages import make_catalogue

pytestmark = pytest.mark.django_db
ENGLISH = {"name_en": "Premium Consultation", "features_en": "One hour\n\n One text "}


def warnings_of(answer: Any) -> list[str]:
    said = [plain(str(message)) for message in get_messages(answer.wsgi_request)]
    return [text for text in said if "anglais" in text]


def test_english_is_written_beside_the_french(admin_client: Client) -> None:
    service = make_service()

    saved = save(admin_client, service, **ENGLISH)

    assert saved.name == "Consultation Premium"
    assert saved.name_en == "Premium Consultation"
    assert saved.features_en == ["One hour", "One text"]
    assert saved.missing_english == []


def test_an_experts_english_is_written_the_same_way(admin_client: Client) -> None:
    expert = expert_form.make_camille()
    english = {"bio_en": "Twenty years.", "specialities_en": "Family\nWork"}

    answer = expert_form.save(admin_client, expert, **english)

    expert.refresh_from_db()
    assert answer.status_code == 302
    assert (expert.bio_en, expert.specialities_en) == (
        "Twenty years.",
        ["Family", "Work"],
    )


def test_the_page_says_what_is_missing(admin_client: Client) -> None:
    service = make_service(description="Ce qui se joue.", name_en="Premium")
    expert = make_expert(bio="Vingt ans.", specialities=["Tarot"])

    pages = [
        plain(markup(admin_client, page_url(SERVICES, service.pk))),
        plain(markup(admin_client, page_url(EXPERTS, expert.pk))),
    ]

    assert "En anglais · à traduire : description Ce que lit" in pages[0]
    assert "En anglais · à traduire : présentation, spécialités Ce que" in pages[1]


def test_nothing_is_asked_for_where_nothing_is_missing(admin_client: Client) -> None:
    catalogue = make_catalogue(has_english=True)

    page = plain(markup(admin_client, page_url(SERVICES, catalogue.premium.pk)))

    assert "En anglais Ce que lit une personne" in page
    assert "à traduire" not in page


@pytest.mark.parametrize(
    ("chosen", "services", "experts"),
    [
        ({}, ["complet", "À traduire"], ["complet", "À traduire"]),
        ({"anglais": "a-traduire"}, ["À traduire"], ["À traduire"]),
        ({"anglais": "complet"}, ["complet"], ["complet"]),
    ],
)
def test_the_lists_show_and_find_what_is_to_be_translated(
    admin_client: Client,
    chosen: dict[str, str],
    services: list[str],
    experts: list[str],
) -> None:
    Service.objects.all().delete()
    Expert.objects.all().delete()
    make_service(slug="a", position=0, name_en="Premium Consultation")
    make_service(slug="b", position=1)
    named = {"specialities": ["Famille"], "specialities_en": ["Family"]}
    make_expert(Service.objects.all()[0], name="Anne", **named)
    make_expert(Service.objects.all()[0], name="Zoé", bio="Vingt ans.")

    rows = [listed(admin_client, model, **chosen) for model in (SERVICES, EXPERTS)]

    said = [
        [word for row in found for word in ("complet", "À traduire") if word in row]
        for found in rows
    ]
    assert said == [services, experts]


def test_a_new_french_text_asks_for_a_look_at_the_english(
    admin_client: Client,
) -> None:
    service = make_service(
        **{"name_en": "Premium", "features": ["Une heure"], "features_en": ["An hour"]}
    )
    kept = {"name_en": "Premium", "features_en": "An hour"}

    answer = test_service_page.post(
        admin_client, service, name="Grande consultation", features="Deux", **kept
    )

    assert warnings_of(answer) == [
        "Le français a changé, l'anglais non : nom, ce qui est compris. Vérifiez "
        "qu'ils disent encore la même chose."
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"name_en": "Premium"},
        {"name": "Grande consultation", "name_en": "Great Consultation"},
        {"name": "Grande consultation", "name_en": ""},
        {"name_en": "Other"},
    ],
)
def test_nobody_is_bothered_when_there_is_nothing_to_compare(
    admin_client: Client, changes: dict[str, str]
) -> None:
    service = make_service(name_en="Premium")

    answer = test_service_page.post(admin_client, service, **changes)

    assert answer.status_code == 302
    assert warnings_of(answer) == []


def test_the_journal_tells_who_changed_what_in_english(admin_client: Client) -> None:
    service = make_service(position=1)

    save(admin_client, service, name_en="Premium Consultation")

    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == (
        {"name_en": ""},
        {"name_en": "Premium Consultation"},
    )


def test_one_line_too_long_is_refused_and_the_section_stays_open(
    admin_client: Client,
) -> None:
    service = make_service()

    folded = markup(admin_client, page_url(SERVICES, service.pk))
    answer = test_service_page.post(admin_client, service, features_en="x" * 201)

    assert list(test_service_page.errors_of(answer)) == ["features_en"]
    assert "<details><summary>" in folded
    assert "<details><summary>" not in answer.content.decode()
