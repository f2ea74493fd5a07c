"""Which pages are kept for everybody, and that it never is somebody's own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from pytest_django import Settings

from lumira.kept_pages import KeptPages


@pytest.fixture(autouse=True)
def keeping(settings: Settings) -> None:
    settings.KEEPS_PAGES = True


def asked(path: str = "/x/", **extra: Any) -> HttpRequest:
    return RequestFactory().get(path, **extra)


def test_a_page_rendered_while_something_changes_is_not_kept() -> None:
    versions: Iterator[str] = iter(["one", "two", "one", "one", "one"])
    texts = iter(["after the change", "before it", "never rendered"])
    pages = KeptPages(lambda: next(versions))

    @pages.same_for_everybody
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(next(texts))

    seen = [view(asked()) for _ in range(3)]

    assert [getattr(answer, "content", b"") for answer in seen] == [
        b"after the change",
        b"before it",
        b"before it",
    ]


@pytest.mark.parametrize("means", ["token", "token again", "nonce", "cookie"])
def test_a_page_that_meant_somebody_is_not_kept(means: str) -> None:
    pages = KeptPages()

    @pages.same_for_everybody
    def view(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse("for you")
        if means == "token again":
            request.META["CSRF_COOKIE"] = "a" * 32
        if means.startswith("token"):
            answer.write(get_token(request))
        elif means == "nonce":
            request.csp_nonce = "abc"  # type: ignore[attr-defined]
        else:
            answer.set_cookie("yours", "1")
        return answer

    assert "ETag" not in view(asked())


def test_invented_addresses_fill_no_memory() -> None:
    rendered: list[str] = []
    pages = KeptPages(most=3)

    @pages.same_for_everybody
    def view(request: HttpRequest) -> HttpResponse:
        rendered.append(request.path)
        return HttpResponse(request.path)

    for number in range(6):
        view(asked(f"/{number}/"))
    again = [view(asked(f"/{number}/")) for number in range(6)]

    assert rendered[6:] == ["/3/", "/4/", "/5/"]
    assert [getattr(one, "content", b"") for one in again][5] == b"/5/"
