"""Head, header and footer are rendered once, and are those of any other rendering."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.template import engines
from django.template.backends.base import BaseEngine
from django.test import Client, RequestFactory
from django.utils.translation import override
from pytest_django import Settings

from tests.factories.orders import make_order
from tests.lumira.answer import Answer


@pytest.fixture(autouse=True)
def keeping(settings: Settings) -> None:
    settings.KEEPS_PAGES = True


def template(source: str) -> BaseEngine:
    return engines["django"].from_string("{% load kept %}" + source)  # type: ignore[return-value]


def rendered(source: str, *contexts: dict[str, Any]) -> list[str]:
    """One template, rendered with one context after the other."""
    request = RequestFactory().get("/secret/")
    found = template(source)
    return [found.render(context, request) for context in contexts]  # type: ignore[attr-defined]


def test_what_is_kept_is_rendered_once() -> None:
    counts: Iterator[int] = iter(range(9))
    context = {"count": lambda: next(counts)}

    again = rendered(
        "{% kept %}{% now 'u' %}{% endkept %} {{ count }}", context, context
    )

    first, second = (page.split(" ") for page in again)
    assert first[0] == second[0]
    assert (first[1], second[1]) == ("0", "1")


def test_it_has_no_other_variable_than_those_it_names() -> None:
    source = (
        "{% kept quiet %}{{ quiet }}|{{ order }}{{ request.path }}{{ csrf_token }}"
        "{{ messages }}{{ user }}{% endkept %}"
    )

    pages = rendered(source, {"quiet": "yes", "order": "LU-1"}, {"quiet": "no"})

    assert pages == ["yes|", "no|"]


def test_each_language_has_its_own() -> None:
    page = template("{% kept %}{% translate 'Commander' %}{% endkept %}")
    said = []

    for language in ("fr", "en", "fr", "en"):
        with override(language):
            said.append(page.render({}))  # type: ignore[attr-defined]

    assert said == [*said[:2]] * 2
    assert said[0] == "Commander" != said[1]


def test_what_it_names_is_looked_up_each_time() -> None:
    said = rendered(
        "{% kept mail %}{{ mail }}{% endkept %}", {"mail": "a"}, {"mail": "b"}, {}
    )

    assert said == ["a", "b", ""]


def without_own_values(answer: Answer) -> str:
    own = r'(name="csrfmiddlewaretoken" value|nonce|name="request_id" value)="[^"]+"'
    return re.sub(own, "", answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_is_the_same_whether_its_parts_are_kept_or_not(
    client: Client, settings: Settings, language: str
) -> None:
    order = make_order(status="pending")
    pages = ["/nowhere/", "/commandes/", f"{order.get_absolute_url()}&lang={language}"]

    def ask() -> list[str]:
        headers = {"accept-language": language}
        return [without_own_values(client.get(page, headers=headers)) for page in pages]

    ask()
    kept = ask()
    settings.KEEPS_PAGES = False
    assert kept == ask()


@pytest.mark.django_db
def test_another_address_for_mail_is_on_the_next_page(
    client: Client, settings: Settings
) -> None:
    client.get("/commandes/")

    settings.SUPPORT_EMAIL = "other@example.org"

    assert "mailto:other@example.org" in client.get("/commandes/").content.decode()
