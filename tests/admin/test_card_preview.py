from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumira.audit.models import AuditEntry
from orders.models import Expert, Service
from tests.admin import expert_form, test_service_page
from tests.admin.reading_pages import client_of_staff, markup, page_url, plain
from tests.factories.catalogue import make_expert, make_service
from tests.orders.making_pictures import picture, upload

pytestmark = pytest.mark.django_db


def preview_url(model: str, key: object = None) -> str:
    if key is None:
        return reverse(f"admin:orders_{model}_preview_new")
    return reverse(f"admin:orders_{model}_preview", args=[key])


def cards(answer: Any) -> tuple[str, str]:
    """As the shop shows it in French, and in English."""
    assert answer.status_code == 200
    body = answer.content.decode().partition("<body")[2].partition(">")[2]
    french, _, english = body.partition("<h2")
    return plain(french), plain(f"<h2{english}").removeprefix("En anglais ")


def card(answer: Any) -> str:
    return cards(answer)[0]


def test_the_page_shows_the_card_in_a_frame_of_its_own(admin_client: Client) -> None:
    service = make_service()

    page = markup(admin_client, page_url("orders_service", service.pk))
    answer = admin_client.get(preview_url("service", service.pk))

    assert f'src="{preview_url("service", service.pk)}"' in page
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert card(answer) == (
        "Niveau Intuitive Consultation Premium 79,00 € en une fois "
        "Temps de l'expert 60 minutes Prête sous 3 jours Choisir"
    )


def test_what_is_typed_is_shown_and_not_saved(admin_client: Client) -> None:
    service = make_service()
    typed = {
        "name": "Consultation du <b>soir</b>",
        "price": "1289,50",
        "features": "Une heure\nUn texte",
        "billing": "month",
    }

    answer = admin_client.post(
        preview_url("service", service.pk), test_service_page.FORM | typed
    )

    assert card(answer) == (
        "Niveau Intuitive Consultation du <b>soir</b> 1 289,50 € par mois "
        "Vous arrêtez quand vous voulez, en ligne. "
        "Temps de l'expert 60 minutes Prête sous 3 jours Une heure Un texte Choisir"
    )
    service.refresh_from_db()
    assert (service.name, service.price) == ("Consultation Premium", 7900)
    assert not AuditEntry.objects.exists()


def test_the_card_in_english_is_below_it(admin_client: Client) -> None:
    service = make_service(name_en="Premium Consultation", features=["Un texte"])
    typed = {"name_en": "Evening Consultation", "features_en": ""}

    saved = admin_client.get(preview_url("service", service.pk))
    answer = admin_client.post(
        preview_url("service", service.pk),
        test_service_page.FORM | {"features": "Un texte"} | typed,
    )

    rest = "€79.00 paid once Expert's time 60 minutes Ready within 3 days Un texte"
    assert [cards(one)[1] for one in (saved, answer)] == [
        f"Intuitive level {name} {rest} Choose"
        for name in ("Premium Consultation", "Evening Consultation")
    ]
    assert '<ul class="feature-list" role="list" lang="fr">' in answer.content.decode()


def test_what_cannot_be_read_is_shown_as_it_was(admin_client: Client) -> None:
    service = make_service()
    typed = {"name": "Nouveau", "price": "beaucoup", "level": "", "duration": "x"}

    answer = admin_client.post(
        preview_url("service", service.pk), test_service_page.FORM | typed
    )

    assert (
        "Niveau Intuitive Nouveau 79,00 € en une fois Temps de l'expert 60 minutes"
        in card(answer)
    )


@pytest.mark.parametrize("form", [{}, {"name": "Nouveau", "price": "12"}])
def test_a_new_service_has_a_card_before_it_has_anything(
    admin_client: Client, form: dict[str, str]
) -> None:
    empty = card(admin_client.get(preview_url("service")))
    typed = card(admin_client.post(preview_url("service"), form))

    assert "Nom du service 0,00 €" in empty
    assert (form.get("name") or "Nom du service") in typed
    assert not Service.objects.exists()


def test_an_expert_who_is_hidden_is_previewed_with_their_portrait(
    admin_client: Client,
) -> None:
    expert = make_expert(
        is_active=False, photo="experts/a.jpg", bio="Vingt ans.", specialities=["Tarot"]
    )

    answer = admin_client.get(preview_url("expert", expert.pk))

    portrait = reverse("admin:orders_expert_portrait", args=[expert.pk])
    assert f'src="{portrait}"' in answer.content.decode()
    assert card(answer) == (
        "Camille Aubry Tarot Vingt ans. dès 79,00 € Rencontrer Camille Aubry"
    )


def test_a_portrait_is_seen_before_it_is_saved(admin_client: Client) -> None:
    expert = expert_form.make_camille()
    form = expert_form.FORM | {"photo": upload(picture()), "name": "Zoé"}

    answer = admin_client.post(preview_url("expert", expert.pk), form)

    assert 'src="data:image/jpeg;base64,' in answer.content.decode()
    expert.refresh_from_db()
    assert (expert.name, bool(expert.photo)) == ("Camille Aubry", False)


def test_a_portrait_that_is_taken_away_is_gone_from_the_card(
    admin_client: Client,
) -> None:
    expert = expert_form.make_camille(photo="experts/a.jpg")
    form = expert_form.FORM | {"photo-clear": "on"}

    answer = admin_client.post(preview_url("expert", expert.pk), form)

    assert "<img" not in answer.content.decode()
    assert Expert.objects.get().photo.name == "experts/a.jpg"


@pytest.mark.parametrize("model", ["service", "expert"])
def test_who_may_only_look_sees_the_card_and_types_nothing(model: str) -> None:
    shown = make_service() if model == "service" else make_expert()
    client = client_of_staff(f"orders.view_{model}")

    page = markup(client, page_url(f"orders_{model}", shown.pk))

    assert "data-preview-frame" in page
    assert "data-preview-button" not in page
    assert client.get(preview_url(model, shown.pk)).status_code == 200
    assert client.post(preview_url(model, shown.pk)).status_code == 403
    assert client.get(preview_url(model)).status_code == 403


@pytest.mark.parametrize("model", ["service", "expert"])
def test_others_of_the_staff_see_no_card(model: str) -> None:
    shown = make_service() if model == "service" else make_expert()
    client = client_of_staff("orders.view_order")

    answers = [
        client.get(preview_url(model, shown.pk)),
        client.post(preview_url(model, shown.pk)),
        client.get(preview_url(model)),
        client.post(preview_url(model)),
    ]

    assert {answer.status_code for answer in answers} == {403}


def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    answer = client.get(preview_url("service", make_service().pk))

    assert answer.status_code == 302


def test_what_is_not_there_has_no_card(admin_client: Client) -> None:
    missing = "00000000-0000-4000-8000-000000000000"

    assert admin_client.get(preview_url("service", missing)).status_code == 404
    assert admin_client.put(preview_url("service", missing)).status_code == 405
