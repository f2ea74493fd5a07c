"""robots.txt, sitemap.xml and security.txt: no database is asked."""

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


def test_the_sitemap_lists_the_shop_under_its_own_address() -> None:
    assert f"{SHOP}/" in listed()
    assert f"{SHOP}{reverse('orders:terms-of-sale')}" in listed()


def test_what_the_sitemap_lists_exists_and_is_let_in(db: None) -> None:
    addresses = [place.removeprefix(SHOP) for place in listed()]

    assert [one for one in addresses if not is_let_in(one)] == []
    assert {Client().get(one).status_code for one in addresses} == {200}


@pytest.mark.parametrize(
    "address",
    [
        reverse("orders:order"),
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
