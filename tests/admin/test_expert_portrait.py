"""The portrait of an expert: uploaded, previewed, replaced, taken away."""

import io
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from orders.models import Expert
from tests.admin.expert_form import EXPERTS, make_camille, save
from tests.admin.reading_pages import client_of_staff, markup, page_url
from tests.factories.catalogue import make_expert
from tests.orders.making_pictures import (
    PLACE,
    bomb,
    photo_with_its_place,
    picture,
    upload,
)

pytestmark = pytest.mark.django_db


def with_portrait(expert: Expert) -> Expert:
    expert.photo.save("portrait.jpg", ContentFile(picture(size=(40, 50))))
    return expert


def portrait_url(expert: Expert) -> str:
    return reverse("admin:orders_expert_portrait", args=[expert.pk])


def stored(expert: Expert) -> Image.Image:
    with Expert.objects.get(pk=expert.pk).photo.open("rb") as file:
        return Image.open(io.BytesIO(file.read()))


def portraits_on_disk() -> set[str]:
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / "experts"
    return {file.name for file in folder.glob("*")} if folder.exists() else set()


def test_a_portrait_is_made_anew_without_what_the_file_knew(
    admin_client: Client,
) -> None:
    expert = make_camille()

    save(admin_client, expert, photo=upload(photo_with_its_place(), "secret.jpg"))

    expert.refresh_from_db()
    with expert.photo.open("rb") as file:
        content = file.read()
    assert (stored(expert).format, stored(expert).size) == ("JPEG", (60, 40))
    assert PLACE not in content
    assert not stored(expert).getexif()
    assert "secret" not in expert.photo.name


def test_a_large_portrait_is_made_small_enough_for_the_shop(
    admin_client: Client,
) -> None:
    expert = make_camille()

    save(admin_client, expert, photo=upload(picture(size=(2000, 2500))))

    assert stored(expert).size == (1024, 1280)


@pytest.mark.parametrize("content", [b"not a picture", bomb(20_000, 20_000)])
def test_what_is_no_picture_is_refused_with_a_reason(
    admin_client: Client, content: bytes
) -> None:
    expert = with_portrait(make_camille())
    before = expert.photo.name

    answer = save(admin_client, expert, photo=upload(content))

    expert.refresh_from_db()
    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["photo"]
    assert "image" in errors["photo"][0]
    assert expert.photo.name == before


@pytest.mark.django_db(transaction=True)
def test_a_replaced_portrait_leaves_the_disk(admin_client: Client) -> None:
    expert = with_portrait(make_camille())
    old = Path(expert.photo.name).name

    save(admin_client, expert, photo=upload(picture(size=(80, 100))))

    assert stored(expert).size == (80, 100)
    assert old not in portraits_on_disk()


@pytest.mark.django_db(transaction=True)
def test_a_portrait_is_taken_away(admin_client: Client) -> None:
    expert = with_portrait(make_camille())
    old = Path(expert.photo.name).name

    save(admin_client, expert, **{"photo-clear": "on"})

    expert.refresh_from_db()
    assert not expert.photo
    assert old not in portraits_on_disk()


@pytest.mark.django_db(transaction=True)
def test_a_portrait_that_was_not_touched_stays(admin_client: Client) -> None:
    expert = with_portrait(make_camille())

    save(admin_client, expert, name="Camille Aubry-Petit")

    expert.refresh_from_db()
    assert expert.name == "Camille Aubry-Petit"
    assert stored(expert).size == (40, 50)


@pytest.mark.parametrize(
    "permissions",
    [("orders.view_expert",), ("orders.view_expert", "orders.change_expert")],
)
def test_the_portrait_is_previewed_even_of_an_expert_who_is_hidden(
    permissions: tuple[str, ...],
) -> None:
    expert = with_portrait(make_camille(is_active=False))
    client = client_of_staff(*permissions)

    page = markup(client, page_url(EXPERTS, expert.pk))
    shown = client.get(portrait_url(expert))

    assert f'src="{portrait_url(expert)}"' in page
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")


def test_the_preview_is_for_those_who_may_see_experts(client: Client) -> None:
    expert = with_portrait(make_camille())

    refused = client_of_staff().get(portrait_url(expert))
    stranger = client.get(portrait_url(expert))

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert stranger["Location"].startswith("/admin/login/")


def test_no_portrait_is_not_found(admin_client: Client) -> None:
    expert = make_camille()
    lost = with_portrait(make_expert(slug="lost"))
    lost.photo.storage.delete(lost.photo.name)

    answers = [admin_client.get(portrait_url(row)) for row in (expert, lost)]

    assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}
