"""What the API's short way learns, keeps to itself, and tells Django."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.http import HttpResponse
from django.urls import get_script_prefix
from django.utils import translation
from pytest_django import Settings

from lumira.kit.log_context import request_id
from payments.api.short_way import ORDER, payers_first
from tests.api.both_ways import ENGLISH, NOBODY, PROXIED, BothWays, call, environ
from tests.factories.orders import make_order

# Django looks after its connections at a request's begin and end.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both() -> BothWays:
    return BothWays()


def test_behind_a_proxy_headers_tell_of_tls(settings: Settings) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_SSL_REDIRECT = True
    asked = environ(f"{ORDER}{make_order().pk}")
    guarded = BothWays()
    for language in ("fr", "en"):
        call(guarded.short, {**asked, **PROXIED, "HTTP_ACCEPT_LANGUAGE": language})

    assert guarded.same({**asked, **PROXIED}) == "200 OK"
    told, _ = guarded.ask({**asked, **PROXIED})
    assert dict(told.headers)["Strict-Transport-Security"] == "max-age=31536000"
    assert guarded.longer(asked) == "301 Moved Permanently"
    bare = {**asked, "HTTP_X_FORWARDED_PROTO": "http"}
    assert guarded.longer(bare) == "301 Moved Permanently"


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """Django's signals, as they come."""
    told: list[str] = []

    def begun(**_facts: Any) -> None:
        told.append("begun")

    def ended(**_facts: Any) -> None:
        told.append("ended")

    request_started.connect(begun)
    request_finished.connect(ended)
    yield told
    request_started.disconnect(begun)
    request_finished.disconnect(ended)


@pytest.mark.parametrize("fails", [False, True])
def test_django_hears_once_of_its_begin_and_of_its_end(
    both: BothWays, heard: list[str], settings: Settings, fails: bool
) -> None:
    settings.LIMITS_FACTOR = None if fails else 1.0
    settings.LIMITS_ON = True
    asked = environ(f"{ORDER}{make_order().pk}")
    heard.clear()

    call(both.short, asked)

    # Old connections are closed then, and the log forgets whose request it was.
    assert heard == ["begun", "ended"]
    assert request_id() == ""


def test_it_speaks_no_language_of_the_request_before(both: BothWays) -> None:
    asked = environ(f"{ORDER}{NOBODY}")
    call(both.short, {**asked, **ENGLISH})

    told = call(both.short, asked)

    assert "n’existe pas" in json.loads(told.body)["message"]
    assert translation.get_language() == "fr"


def test_it_lies_below_no_path_of_the_request_before(both: BothWays) -> None:
    asked = environ(f"{ORDER}{NOBODY}")
    call(both.short, {**asked, "SCRIPT_NAME": "/shop"})
    assert get_script_prefix() == "/shop/"

    call(both.short, asked)

    assert get_script_prefix() == "/"


def test_its_lines_name_the_number_that_is_answered(both: BothWays) -> None:
    told = call(both.short, environ(f"{ORDER}{NOBODY}"))

    number = dict(told.headers)["X-Request-Id"]
    assert number.startswith("r")
    assert [about["request_id"] for about in told.known] == [number]


def test_no_header_of_one_caller_reaches_another(both: BothWays) -> None:
    """Those of the first are what the others' are made of."""
    fresh = payers_first(WSGIHandler())
    asked = environ(f"{ORDER}{make_order().pk}", HTTP_ACCEPT_ENCODING="gzip")
    call(fresh, {**asked, "HTTP_X_REQUEST_ID": "of-the-first", "HTTP_COOKIE": "a=b"})

    told = call(fresh, {**asked, "HTTP_X_REQUEST_ID": "of-the-second"})

    assert (
        told.comparable()
        == call(both.long, {**asked, "HTTP_X_REQUEST_ID": "of-the-second"}).comparable()
    )


def test_headers_are_learnt_only_from_what_went_well() -> None:
    asked: list[object] = []
    django = WSGIHandler()

    def noting(environ: Any, start: Any) -> Any:
        asked.append(environ)
        return django(environ, start)

    fresh, order = payers_first(noting), make_order()

    for order_id, by_django in [(NOBODY, 1), (NOBODY, 2), (order.pk, 3), (order.pk, 3)]:
        call(fresh, environ(f"{ORDER}{order_id}"))

        assert len(asked) == by_django
    call(fresh, environ(f"{ORDER}{order.pk}", **ENGLISH))
    assert len(asked) == 4


@pytest.mark.parametrize("header", ["Set-Cookie", "Content-Encoding"])
def test_what_is_one_callers_alone_is_never_learnt(header: str) -> None:
    def django(_environ: Any, start: Any) -> Any:
        start("200 OK", [("Content-Type", "application/json"), (header, "theirs")])
        return HttpResponse(b"Django")

    fresh, asked = payers_first(django), environ(f"{ORDER}{make_order().pk}")
    call(fresh, asked)

    assert call(fresh, asked).body == b"Django"
