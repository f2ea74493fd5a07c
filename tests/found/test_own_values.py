"""What is one visitor's in a kept form: where it stands, and that nothing tells it."""

import gzip
import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from lumira.kept_forms import KeptForm, NotThere, OwnValues
from lumira.kept_pages import KeptPages

PAGE = "/commande/"


@pytest.fixture(autouse=True)
def keeping(settings: Settings) -> None:
    settings.KEEPS_PAGES = True


def test_a_form_rendered_while_something_changes_is_not_kept() -> None:
    versions: Iterator[str] = iter(["one", "two", "two", "two", "two"])
    pages = KeptPages(lambda: next(versions))
    own = OwnValues("a-token", "a-nonce", "a-key")
    kept = []

    for _ in range(3):
        request = asked()
        place = pages.place_of(request)
        assert place
        kept.append(place.answer(request))
        if kept[-1] is None:
            place.keep(KeptForm.of(rendered(own), own), request)

    assert [answer is not None for answer in kept] == [False, False, True]


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory().get(PAGE, headers=headers)
    request.csp_nonce = "another-nonce"  # type: ignore[attr-defined]
    return request


def rendered(own: OwnValues, text: str = "x") -> HttpResponse:
    return HttpResponse(f"é{text}{own.token}|{own.key}{text}|{own.nonce}{own.token}")


def test_every_place_of_a_value_is_filled_anew() -> None:
    own = OwnValues("a-token", "a-nonce", "a-key")
    form = KeptForm.of(rendered(own), own)

    page = getattr(form.answer(asked()), "content", b"").decode()

    parts = re.fullmatch(r"éx(\w{64})\|([\w-]{36})x\|another-nonce(\w{64})", page)
    assert parts
    assert parts[1] == parts[3]


def test_packed_it_is_the_same_page() -> None:
    own = OwnValues("a-token", "a-nonce", "a-key")
    form = KeptForm.of(rendered(own, "Une question ? " * 500), own)

    answer = form.answer(asked(**{"accept-encoding": "gzip, br"}))

    packed = getattr(answer, "content", b"")
    page = gzip.decompress(packed).decode()
    assert re.search(r"\|another-nonce\w{64}$", page)
    assert page.count("Une question ? ") == 1_000
    assert len(packed) < len(page) / 20
    assert answer["Content-Length"] == str(len(packed))


def test_the_size_of_a_packed_form_tells_nothing_of_its_values() -> None:
    own = OwnValues("a-token", "a-nonce", "a-key")
    form = KeptForm.of(rendered(own, "is it right-as-guessed-0123?"), own)
    sizes = []

    for nonce in ("right-as-guessed-0123", "wrongly-guessed-98765"):
        request = asked(**{"accept-encoding": "gzip"})
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        sizes.append(form.answer(request)["Content-Length"])

    assert sizes[0] == sizes[1]


def test_a_page_that_does_not_hold_its_values_as_they_are_is_refused() -> None:
    own = OwnValues("a-token", "a-nonce", "a<key")

    with pytest.raises(NotThere):
        KeptForm.of(HttpResponse("a-token a-nonce a&lt;key"), own)
