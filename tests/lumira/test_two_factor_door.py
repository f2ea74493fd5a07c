"""No page of the admin is reached without the second factor where it applies.

The addresses are read from the URL configuration: a page that is added later is
tried too, also one that forgot to ask who is there.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from pytest_django import Settings

from lumira.accounts import urls as staff_urls
from tests.factories.logins import (
    give_password,
    give_phone,
    is_signed_in,
    make_login,
)

pytestmark = pytest.mark.django_db
ANY = str(UUID(int=7))
# What is there for those who are not signed in.
DOOR = {
    "/admin/login/",
    "/admin/logout/",
    "/admin/login/code/",
    "/admin/login/activation/",
}


def addresses() -> list[str]:
    """Every address under /admin/, with some key where it wants one."""
    found = {*_under(staff_urls.urlpatterns), *_under(admin.site.get_urls())}
    return sorted(f"/admin/{address}" for address in found)


def _under(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        # A set of words to choose from: the first; anything else: a key.
        route = re.sub(r"\(\?P<\w+>([\w-]+)(\|[^)]*)?\)", r"\1", str(pattern.pattern))
        route = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", ANY, route).strip("^$")
        route = route.replace("\\Z", "").replace("\\", "")
        if isinstance(pattern, URLResolver):
            yield from _under(pattern.url_patterns, prefix + route)
        else:
            yield prefix + route


def let_in(client: Client) -> list[str]:
    """The addresses that answer anything but "log in first"."""
    open_ = []
    for address in addresses():
        for ask in (client.get, client.post):
            answer = ask(address)
            where = answer.headers.get("Location", "")
            if answer.status_code != 302 or not where.startswith("/admin/login/?next="):
                open_.append(address)
    return sorted(set(open_) - DOOR)


def test_all_kinds_of_pages_are_tried() -> None:
    tried = addresses()

    assert len(tried) > 60
    for part in (
        "/admin/autocomplete/",
        f"/admin/orders/order/{ANY}/change/",
        f"/admin/orders/order/{ANY}/images/{ANY}/",
        "/admin/second-facteur/activer/",
    ):
        assert part in tried


def test_nothing_is_open_to_a_stranger(client: Client) -> None:
    assert let_in(client) == []


def test_nothing_is_open_between_the_password_and_the_code(client: Client) -> None:
    give_phone(make_login(is_superuser=True))
    give_password(client)

    assert let_in(client) == []


def test_nothing_is_open_to_who_must_still_set_up_a_factor(
    client: Client, settings: Settings
) -> None:
    settings.STAFF_TWO_FACTOR_REQUIRED = True
    make_login(is_superuser=True)
    give_password(client)

    assert let_in(client) == []


def test_a_session_from_before_it_was_required_is_worth_nothing(
    client: Client, settings: Settings
) -> None:
    make_login(is_superuser=True)
    give_password(client)
    assert is_signed_in(client)

    settings.STAFF_TWO_FACTOR_REQUIRED = True

    assert let_in(client) == []


def test_a_session_from_before_the_own_factor_is_worth_nothing(client: Client) -> None:
    person = make_login(is_superuser=True)
    give_password(client)

    give_phone(person)
    person.end_sessions()

    assert let_in(client) == []


def test_with_the_code_the_pages_open(client: Client, settings: Settings) -> None:
    settings.STAFF_TWO_FACTOR_REQUIRED = True
    phone = give_phone(make_login(is_superuser=True))
    give_password(client)

    client.post(reverse("staff:code"), {"code": phone.code()})

    for page in ("admin:index", "admin:accounts_user_changelist"):
        assert client.get(reverse(page)).status_code == 200
