"""Public pages are answered from memory or with 304, and never out of date."""

import gzip
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lumira.accounts.roles import Role
from orders.catalogue_version import CATALOGUE, catalogue_version
from orders.models import Expert, Service, ServiceOffer
from orders.models.service import Billing, Level
from tests.factories.catalogue import make_expert, make_service
from tests.factories.staff import client_of, make_staff
from tests.lumira.answer import Answer
from tests.orders.making_pictures import picture

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/experts/camille/", "/mentions-legales/", "/confidentialite/"]


@pytest.fixture(autouse=True)
def expert(settings: Settings) -> Expert:
    settings.KEEPS_PAGES = True
    return make_expert(slug="camille")


def again(client: Client, address: str, before: Answer, **headers: str) -> Answer:
    """As a browser asks that has the page of `before`."""
    asked = {"if-none-match": before["ETag"], **headers}
    return client.get(address, headers=asked)


@pytest.mark.parametrize("address", PUBLIC)
def test_who_has_the_page_is_told_that_it_is_the_same(
    client: Client, address: str
) -> None:
    first = client.get(address)

    second = again(client, address, first)

    assert (first.status_code, second.status_code) == (200, 304)
    assert second.content == b""
    for name in ("ETag", "Cache-Control", "Vary", "Content-Language"):
        assert second[name] == first[name], name
    assert first["Cache-Control"] == "no-cache"
    policies = [answer["Content-Security-Policy"] for answer in (first, second)]
    assert "nonce" not in policies[0]
    assert sorted(policies[0].split("; ")) == sorted(policies[1].split("; "))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_kept_is_what_would_be_rendered(
    client: Client, settings: Settings, address: str
) -> None:
    client.get(address)
    kept = client.get(address)
    settings.KEEPS_PAGES = False
    rendered = client.get(address)

    assert not kept.templates
    assert rendered.templates
    assert kept.content == rendered.content
    assert kept["ETag"] == rendered["ETag"]


def test_a_kept_page_costs_the_look_at_the_catalogue(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")

    with django_assert_num_queries(len(CATALOGUE)):
        client.get("/")
    with django_assert_num_queries(0):
        client.get("/mentions-legales/")


def test_the_look_is_spared_for_a_moment(
    client: Client,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.KEPT_VERSION_S = 3600
    client.get("/")
    client.get("/")

    with django_assert_num_queries(0):
        client.get("/")


def test_each_language_has_a_page_and_a_tag_of_its_own(client: Client) -> None:
    french, english = client.get("/?lang=fr"), client.get("/?lang=en")

    assert french["ETag"] != english["ETag"]
    assert again(client, "/?lang=en", english).status_code == 304
    assert again(client, "/?lang=en", french).status_code == 200
    assert again(client, "/?lang=fr", french).status_code == 304


def test_head_is_answered_like_get(client: Client) -> None:
    got = client.get("/")

    asked = client.head("/")

    assert (asked.status_code, asked["ETag"]) == (200, got["ETag"])
    assert asked["Content-Length"] == str(len(got.content))
    assert asked.content == b""


def test_who_can_unpack_gets_less(client: Client) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "br, gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert packed["Content-Length"] == str(len(packed.content))
    assert packed["ETag"] == plain["ETag"]


def test_other_parameters_are_not_taken_for_the_page(client: Client) -> None:
    client.get("/")

    page = client.get("/?utm_source=letter").content.decode()

    assert "/?utm_source=letter&amp;lang=en" in page
    assert "utm_source" not in client.get("/").content.decode()


def test_the_staff_and_who_is_told_something_get_it_fresh(client: Client) -> None:
    staff = client_of(make_staff(Role.ADMINISTRATOR))
    tag = client.get("/")["ETag"]
    client.cookies["messages"] = "a message"

    for somebody in (staff, client):
        answer = somebody.get("/", headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert answer.templates
        assert "ETag" not in answer


def test_a_page_that_is_not_there_is_not_kept(client: Client) -> None:
    missing = client.get("/experts/elias/")

    make_expert(slug="elias")

    assert "ETag" not in missing
    assert client.get("/experts/elias/").status_code == 200


CHANGED: dict[type[models.Field[Any, Any]], Any] = {
    models.BooleanField: False,
    models.JSONField: ["Autre"],
    models.ImageField: "experts/another.jpg",
}
BY_NAME = {"level": Level.INTEGRALE, "billing": Billing.YEAR, "currency": "usd"}


def other_value(field: models.Field[Any, Any]) -> object:
    if field.name in BY_NAME:
        return BY_NAME[field.name]
    if field.name == "expert":
        return Expert.objects.create(slug="other", name="Elias")
    if field.name == "service":
        return make_service(slug="other")
    if field.name == "user":
        return make_staff(Role.EXPERT)
    if isinstance(
        field, models.PositiveIntegerField | models.PositiveSmallIntegerField
    ):
        return 17
    return CHANGED.get(type(field), "autre")


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (model, field.name)
        for model in CATALOGUE
        for field in model._meta.concrete_fields
        if not field.primary_key
    ],
)
def test_every_field_of_the_catalogue_tells(
    model: type[models.Model], name: str
) -> None:
    value = other_value(model._meta.get_field(name))  # type: ignore[arg-type]
    before = catalogue_version()

    assert model._default_manager.update(**{name: value})

    assert catalogue_version() != before


def rename() -> None:
    Expert.objects.update(name="Autre")


def make_many() -> None:
    Service.objects.bulk_create(
        [Service(slug="x", name="X", price=1, duration=1, level=1)]
    )


def remove_an_offer() -> None:
    ServiceOffer.objects.all().delete()


def remove_a_service_with_its_offers() -> None:
    Service.objects.all().delete()


def show_another_portrait() -> None:
    Expert.objects.get().photo.save("new.jpg", ContentFile(picture()))


@pytest.mark.parametrize(
    "happens",
    [
        rename,
        make_many,
        remove_an_offer,
        remove_a_service_with_its_offers,
        show_another_portrait,
    ],
)
def test_the_next_visitor_sees_a_change_however_it_was_made(
    client: Client, happens: Any
) -> None:
    before = client.get("/")
    client.get("/")

    happens()

    after = again(client, "/", before)
    assert after.status_code == 200
    assert after.content != before.content


def test_a_price_changed_in_the_admin_is_on_the_shop_at_once(client: Client) -> None:
    service = Service.objects.get()
    staff = client_of(make_staff(Role.ADMINISTRATOR))
    before = client.get("/experts/camille/")
    form = {
        **{
            "name": service.name,
            "slug": service.slug,
            "description": "",
            "price": "81",
        },
        **{"seen_price": "81,00\u00a0€", "currency": "eur", "billing": "one_time"},
        **{"duration": "60", "delivery_hours": "72", "level": "2", "position": "0"},
        **{"features": "", "is_active": "on"},
    }

    saved = staff.post(f"/admin/orders/service/{service.pk}/change/", form)

    after = again(client, "/experts/camille/", before)
    assert saved.status_code == 302
    assert after.status_code == 200
    assert "81,00\u00a0€" in after.content.decode()
    assert "79,00\u00a0€" not in after.content.decode()


def test_going_back_to_what_was_is_what_was(client: Client) -> None:
    before = client.get("/")
    Expert.objects.update(name="Autre")
    client.get("/")

    Expert.objects.update(name="Camille Aubry")

    assert again(client, "/", before).status_code == 304
