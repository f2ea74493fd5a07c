"""What is answered before Django is, byte for byte, what Django answers."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http.response import HttpResponseBase
from pytest_django import Settings

from lumira import kept_first
from lumira.kept_first import pages_first
from lumira.maintenance import begin_maintenance, end_maintenance
from orders.models import Expert
from tests.factories.catalogue import make_expert

Environ = dict[str, Any]
# Status line, headers, body; the number of the request is its own.
Told = tuple[str, list[tuple[str, str]], bytes]
HTTPS = {"wsgi.url_scheme": "https"}


class Shop:
    """As a server asks it. `asked_django`: how often it came so far."""

    def __init__(self) -> None:
        django = WSGIHandler()
        self.asked_django = 0

        def counted(environ: Environ, start: Callable[..., Any]) -> Any:
            self.asked_django += 1
            return django(environ, start)

        self._application = pages_first(counted)

    def ask(self, path: str = "/", **more: str) -> Told:
        told: list[tuple[str, list[tuple[str, str]]]] = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "198.51.100.4",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
        } | more
        answer = self._application(
            environ, lambda line, headers: told.append((line, headers))
        )
        body = b"".join(answer)
        if isinstance(answer, HttpResponseBase):
            answer.close()
        line, headers = told[-1]
        assert sum(name == "X-Request-Id" for name, _value in headers) == 1
        return line, [one for one in headers if one[0] != "X-Request-Id"], body

    def ask_until_kept(self, path: str = "/", **more: str) -> Told:
        """By the view, by what it kept, and then without Django."""
        answers = [self.ask(path, **more) for _ in range(3)]
        return answers[-1]


@pytest.fixture
def shop(settings: Settings, tmp_path: Path, transactional_db: None) -> Iterator[Shop]:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.KEEPS_PAGES = True
    settings.KEPT_VERSION_S = 3600
    settings.SECURE_HSTS_SECONDS = 60  # told by https alone
    make_expert(slug="camille")
    settings.KEPT_VERSION_S = 0
    shop = Shop()
    for path in ("/", "/experts/camille/"):
        shop.ask(path)
    settings.KEPT_VERSION_S = 3600
    for path in ("/", "/experts/camille/"):
        shop.ask(path)
    yield shop
    end_maintenance()


EVERY: list[dict[str, str]] = [
    {},
    {"HTTP_ACCEPT_ENCODING": "gzip, br"},
    {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.8"},
    {"HTTP_IF_NONE_MATCH": "*"},
    {"REQUEST_METHOD": "HEAD"},
    HTTPS,
    {**HTTPS, "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_IF_NONE_MATCH": "*"},
]


@pytest.mark.parametrize("path", ["/", "/experts/camille/", "/mentions-legales/"])
def test_the_answer_is_the_one_that_django_gives(
    shop: Shop, settings: Settings, path: str
) -> None:
    kept = [shop.ask_until_kept(path, **asked) for asked in EVERY]
    before = shop.asked_django
    again = [shop.ask(path, **asked) for asked in EVERY]
    without_django = shop.asked_django == before
    settings.KEPT_VERSION_S = 0
    fresh = [shop.ask(path, **asked) for asked in EVERY]

    assert without_django
    assert kept == again == fresh
    assert shop.asked_django == before + len(EVERY)
    assert len({str(one) for one in fresh}) == len(EVERY) - 1  # HEAD: gunicorn's matter


@pytest.mark.parametrize(
    "odd",
    [
        {"HTTP_COOKIE": "sessionid=somebody"},
        {"HTTP_X_REQUEST_ID": "a-number-of-mine"},
        {"HTTP_IF_MATCH": "*"},
        {"CONTENT_LENGTH": "3"},
        {"CONTENT_TYPE": "text/html; charset=latin-1"},
        {"SCRIPT_NAME": "/below"},
        {"HTTP_HOST": "elsewhere.example"},
        {"QUERY_STRING": "lang=en"},
        {"REQUEST_METHOD": "POST"},
    ],
)
def test_whoever_asks_otherwise_comes_to_django(
    shop: Shop, odd: dict[str, str]
) -> None:
    shop.ask_until_kept()
    before = shop.asked_django

    shop.ask(**odd)

    assert shop.asked_django == before + 1


def test_an_edit_is_seen_as_soon_as_somebody_looks(
    shop: Shop, settings: Settings
) -> None:
    shop.ask_until_kept()
    Expert.objects.update(name="Aurore Nouvelle")
    settings.KEPT_VERSION_S = 0

    _line, _headers, body = shop.ask()

    assert b"Aurore Nouvelle" in body


def test_a_closed_shop_answers_nothing_from_memory(shop: Shop) -> None:
    shop.ask_until_kept()
    begin_maintenance()

    line, _headers, _body = shop.ask()

    assert line.startswith("503")


def test_invented_questions_fill_no_memory(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_first, "MOST_ANSWERS", 2)
    for number in range(3):
        shop.ask_until_kept(HTTP_ACCEPT_LANGUAGE=f"fr;q=0.{number + 1}")
    before = shop.asked_django

    shop.ask(HTTP_ACCEPT_LANGUAGE="fr;q=0.1")
    shop.ask_until_kept(HTTP_ACCEPT_LANGUAGE="fr," + "x" * 600)

    assert shop.asked_django == before + 1 + 3
