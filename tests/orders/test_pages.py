"""The pages that only show: home, and experts' portraits."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from orders.models import Expert
from tests.factories.catalogue import make_expert, make_service
from tests.orders.making_pictures import picture

pytestmark = pytest.mark.django_db(transaction=True)  # a served file is closed by hand


def with_portrait(**fields: object) -> Expert:
    expert = make_expert(slug="camille", **fields)
    expert.photo.save("camille.jpg", ContentFile(picture()))
    return expert


def test_the_home_page_shows_what_is_on_sale_and_by_whom(client: Client) -> None:
    make_expert(make_service(name="Consultation Premium"), name="Camille Aubry")
    make_service(slug="old", name="Consultation Retirée", is_active=False)
    make_expert(slug="away", name="Basile Absent", is_active=False)

    page = client.get("/").content.decode()

    assert "Consultation Premium" in page
    assert "Camille Aubry" in page
    assert "Consultation Retirée" not in page
    assert "Basile Absent" not in page


def test_a_portrait_is_served_and_may_be_kept(client: Client) -> None:
    with_portrait()

    answer = client.get("/experts/camille/portrait")

    assert answer.status_code == 200
    assert b"".join(answer) == picture()
    assert "max-age" in answer["Cache-Control"]
    answer.close()


def test_a_portrait_at_the_address_of_the_page_is_kept_for_good(
    client: Client,
) -> None:
    expert = with_portrait()

    named = client.get(expert.portrait_address)
    other = client.get("/experts/camille/portrait?v=00000000")

    assert "immutable" in named["Cache-Control"]
    assert "immutable" not in other["Cache-Control"]
    named.close()
    other.close()


def test_no_portrait_of_somebody_away_unknown_or_without_one(client: Client) -> None:
    with_portrait(is_active=False)
    make_expert(slug="plain")

    for slug in ("camille", "nobody", "plain"):
        assert client.get(f"/experts/{slug}/portrait").status_code == 404


def test_a_portrait_whose_file_is_gone_is_a_404(client: Client) -> None:
    Path(with_portrait().photo.path).unlink()

    assert client.get("/experts/camille/portrait").status_code == 404
