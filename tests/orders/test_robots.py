"""robots.txt, sitemap.xml and security.txt."""

from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings

from orders.views.legal import IN_FORCE_SINCE
from tests.factories.catalogue import make_expert

SHOP = "https://lumira.example"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.SITE_URL = SHOP


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def listed() -> list[str]:
    places = ElementTree.fromstring(read("/sitemap.xml")).iter(f"{SITEMAP}loc")
    return [str(place.text) for place in places]


def is_let_in(address: str) -> bool:
    robots = RobotFileParser()
    robots.parse(read("/robots.txt").splitlines())
    return robots.can_fetch("Googlebot", SHOP + address)


def alternates() -> dict[str, dict[str, str]]:
    """For each address that is listed, those of the page in every language."""
    tree = ElementTree.fromstring(read("/sitemap.xml"))
    return {
        str(entry.findtext(f"{SITEMAP}loc")): {
            link.attrib["hreflang"]: link.attrib["href"]
            for link in entry.iter("{http://www.w3.org/1999/xhtml}link")
        }
        for entry in tree.iter(f"{SITEMAP}url")
    }


def test_the_sitemap_lists_the_shop_under_its_own_address(db: None) -> None:
    assert f"{SHOP}/" in listed()
    assert f"{SHOP}{reverse('orders:terms-of-sale')}" in listed()


def test_the_sitemap_lists_who_is_there(db: None) -> None:
    make_expert(slug="camille")
    make_expert(slug="away", is_active=False)

    experts = {place for place in listed() if "/experts/" in place}

    assert experts == {
        f"{SHOP}/experts/camille/",
        f"{SHOP}/experts/camille/?lang=en",
    }


def test_each_language_is_listed_and_names_the_others(db: None) -> None:
    make_expert(slug="camille")

    found = alternates()

    for address, others in found.items():
        assert others.keys() == {"fr", "en", "x-default"}
        assert address in others.values()
        assert set(others.values()) <= found.keys()
        assert {found[other]["en"] for other in others.values()} == {others["en"]}


def test_the_texts_of_the_law_say_when_they_were_changed(db: None) -> None:
    tree = ElementTree.fromstring(read("/sitemap.xml"))

    dates = [str(date.text) for date in tree.iter(f"{SITEMAP}lastmod")]

    assert set(dates) == {f"{IN_FORCE_SINCE:%Y-%m-%d}"}
    assert len(dates) == 6


def test_what_the_sitemap_lists_exists_and_is_let_in(db: None) -> None:
    make_expert(slug="camille")
    addresses = [place.removeprefix(SHOP) for place in listed()]

    assert [one for one in addresses if not is_let_in(one)] == []
    assert {Client().get(one).status_code for one in addresses} == {200}


def test_the_form_is_let_in_with_a_choice_or_without() -> None:
    assert is_let_in("/commande/")
    assert is_let_in("/commande/?service=premium")


@pytest.mark.parametrize(
    "address",
    [
        reverse("orders:my-orders"),
        reverse("orders:reading", args=[UUID(int=1)]),
        reverse("payments:pay", args=[UUID(int=1)]),
        reverse("payments:confirmation"),
        reverse("payments:subscription", args=[UUID(int=1)]),
        reverse("admin:index"),
        "/api/docs",
    ],
)
def test_nothing_private_is_let_in(address: str) -> None:
    assert not is_let_in(address)


def test_the_robots_are_told_where_the_sitemap_is() -> None:
    assert f"Sitemap: {SHOP}/sitemap.xml" in read("/robots.txt").splitlines()


def test_security_txt_says_whom_to_tell_and_is_never_out_of_date() -> None:
    lines = read("/.well-known/security.txt").splitlines()
    fields = dict(line.split(": ", 1) for line in lines)

    until = datetime.fromisoformat(fields["Expires"])
    assert fields["Contact"] == f"mailto:{configured.SUPPORT_EMAIL}"
    assert fields["Canonical"] == f"{SHOP}/.well-known/security.txt"
    assert timedelta(days=90) < until - now() < timedelta(days=365)


def test_the_contact_is_the_bare_address(settings: Settings) -> None:
    settings.SUPPORT_EMAIL = "Lumira <aide@lumira.example>"

    assert "mailto:aide@lumira.example\n" in read("/.well-known/security.txt")
