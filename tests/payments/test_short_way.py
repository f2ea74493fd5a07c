"""Events that do not pass through Django: the same answers, the same effect."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from lumira.body_limit import SMALL
from lumira.kit.log_context import request_id
from lumira.maintenance import begin_maintenance, end_maintenance
from payments.models import Payment, ProcessedEvent
from payments.webhooks.short_way import ADDRESS, events_first
from tests.factories.payments import make_payment
from tests.lumira.table_contents import table_contents
from tests.payments.signed_events import post_raw, signature, succeeded

# Django looks after its connections at a request's begin and end.
pytestmark = pytest.mark.django_db(transaction=True)
LONG_WAY = HttpResponse(b"the long way")


def environ_of(body: bytes, header: str | None = None, **changes: Any) -> Any:
    given = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": ADDRESS,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_STRIPE_SIGNATURE": signature(body) if header is None else header,
        "wsgi.input": BytesIO(body),
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def post(environ: Any) -> tuple[str, dict[str, str], bytes]:
    """Status line, headers and body."""
    begun: list[Any] = []
    application = events_first(lambda _environ, _start: LONG_WAY)
    answer = application(environ, lambda *args: begun.append(args))
    body = b"".join(answer)
    if answer is LONG_WAY:
        return "", {}, body
    answer.close()  # type: ignore[attr-defined]
    [(status, headers)] = begun
    return status, dict(headers), body


@pytest.fixture
def body() -> bytes:
    """An event that makes an order paid."""
    return json.dumps(succeeded(make_payment())).encode()


def test_it_is_the_apis_address() -> None:
    assert reverse("api-1.0.0:webhook") == ADDRESS


def test_an_event_settles_its_order(body: bytes) -> None:
    status, headers, told = post(environ_of(body))

    assert (status, json.loads(told)) == ("200 OK", {"received": True})
    assert headers["Content-Type"].startswith("application/json")
    assert headers["Content-Length"] == str(len(told))
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Request-Id"].startswith("r")
    assert Payment.objects.get().status == "completed"


def test_a_second_delivery_is_a_duplicate_by_either_way(
    client: Client, body: bytes
) -> None:
    post(environ_of(body))

    _status, _headers, told = post(environ_of(body))
    by_the_long_way = post_raw(client, body, signature(body))

    assert json.loads(told) == by_the_long_way.json()
    assert json.loads(told) == {"received": True, "duplicate": True}
    assert ProcessedEvent.objects.count() == 1


@pytest.mark.parametrize("header", ["", "t=1,v1=00", "nonsense"])
def test_who_is_not_stripe_hears_what_the_long_way_says(
    client: Client, body: bytes, header: str
) -> None:
    before = table_contents()

    status, headers, told = post(environ_of(body, header))

    answer = post_raw(client, body, header)
    assert (status[:3], told) == (str(answer.status_code), answer.content)
    assert headers["Content-Type"] == answer["Content-Type"]
    assert table_contents() == before


def test_a_body_that_is_cut_short_is_refused(body: bytes) -> None:
    environ = environ_of(body, **{"wsgi.input": BytesIO(body[:-1])})

    assert post(environ)[0] == "400 Bad Request"
    assert Payment.objects.get().status == "pending"


def test_no_more_is_read_than_was_announced(body: bytes) -> None:
    more = BytesIO(body + b"GET / HTTP/1.1")

    assert post(environ_of(body, **{"wsgi.input": more}))[0] == "200 OK"
    assert more.read() == b"GET / HTTP/1.1"


@pytest.mark.parametrize(
    "change",
    [
        {"REQUEST_METHOD": "GET"},
        {"PATH_INFO": f"{ADDRESS}/"},
        {"PATH_INFO": "/"},
        {"CONTENT_LENGTH": None},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "²"},
        {"CONTENT_LENGTH": str(SMALL + 1)},
        {"HTTP_X_REQUEST_ID": "something-of-theirs"},
    ],
)
def test_all_else_goes_the_long_way_unread(
    body: bytes, change: dict[str, str | None]
) -> None:
    environ = environ_of(body, **change)

    assert post(environ)[2] == LONG_WAY.content
    assert environ["wsgi.input"].tell() == 0


def test_while_the_shop_is_closed_nothing_is_taken(body: bytes) -> None:
    begin_maintenance()
    try:
        assert post(environ_of(body))[2] == LONG_WAY.content
    finally:
        end_maintenance()

    assert Payment.objects.get().status == "pending"


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


def test_django_hears_of_its_begin_and_of_its_end(
    body: bytes, heard: list[str]
) -> None:
    post(environ_of(body))

    # Old connections are closed then, and the log forgets whose request it was.
    assert heard == ["begun", "ended"]
    assert request_id() == ""


def test_it_speaks_no_language_of_the_request_before(body: bytes) -> None:
    translation.activate("en")

    post(environ_of(body))

    assert translation.get_language() == "fr"


def test_without_a_secret_it_says_so(body: bytes, settings: Settings) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = ()

    status, _headers, told = post(environ_of(body))

    assert (status[:3], json.loads(told)) == (
        "503",
        {"error": "webhook_not_configured"},
    )
