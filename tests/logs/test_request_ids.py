"""The id of a request: taken or made, answered, shown when something went wrong."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from lumira.error_pages import server_error
from lumira.kit.log_context import correlation_id, request_id
from tests.logs.conftest import Lines

pytestmark = pytest.mark.django_db
OWN = re.compile(r"r[0-9a-f]{16}")


def fails(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.GET["lien"])


handler500 = server_error
urlpatterns = [path("commandes/", fails), path("api/commandes", fails)]


def answered(client: Client, given: str, address: str = "/healthz") -> str:
    return client.get(address, headers={"X-Request-Id": given})["X-Request-Id"]


def test_a_request_without_an_id_is_given_one(client: Client) -> None:
    first, second = client.get("/healthz"), client.get("/healthz")

    assert OWN.fullmatch(first["X-Request-Id"])
    assert first["X-Request-Id"] != second["X-Request-Id"]


def test_the_id_of_a_proxy_is_kept(client: Client) -> None:
    given = "7f9c24e5-2f0c-4b7a-9d0e-6b1f1c0a9d11"

    assert answered(client, given) == given


@pytest.mark.parametrize(
    "given",
    [
        "short",
        "x" * 65,
        "two words",
        "line\\nbreak",
        '"quoted-1234"',
        "<script>1234",
        "$(reboot)-1234",
        "alice" + "@example.org",
        "4242424242424242",
        "0612345678",
        "sk" + "_test_abcdefgh",
    ],
)
def test_what_is_no_id_is_not_taken(client: Client, given: str) -> None:
    assert OWN.fullmatch(answered(client, given))


def test_a_key_of_the_api_is_never_written_but_always_the_same(
    client: Client, lines: Lines
) -> None:
    """Whoever knows it would be given the order and its client secret."""
    first = answered(client, "order-of-monday", "/api/nowhere")
    again = answered(client, "order-of-monday", "/api/nowhere")
    other = answered(client, "order-of-tuesday", "/api/nowhere")

    assert re.fullmatch("k[0-9a-f]{16}", first)
    assert first == again != other
    assert lines.read(request_id=first)
    assert lines.grep("order-of-monday") == []


def test_a_refusal_that_django_logs_has_the_id(client: Client, lines: Lines) -> None:
    given = answered(client, "browser-0001", "/nowhere/")

    assert [line["event"] for line in lines.read(request_id=given)] == [
        "Not Found: /nowhere/"
    ]


def test_nothing_of_a_request_is_said_of_the_next_thing(client: Client) -> None:
    answered(client, "browser-0001")

    assert (request_id(), correlation_id()) == ("", "")


@pytest.mark.urls("tests.logs.test_request_ids")
def test_our_failure_shows_the_id_that_finds_its_traceback(
    client: Client, lines: Lines
) -> None:
    client.raise_request_exception = False

    page = client.get("/commandes/?lien=x", headers={"X-Request-Id": "browser-0001"})

    assert page.status_code == 500
    assert "browser-0001" in page.content.decode()
    [line] = lines.grep("browser-0001")
    assert 'raise ValueError(request.GET["lien"])' in line["exception"]


@pytest.mark.urls("tests.logs.test_request_ids")
def test_a_failure_is_one_line_without_what_it_was_about(
    client: Client, lines: Lines
) -> None:
    client.raise_request_exception = False

    client.get("/commandes/?lien=abracadabra")

    [line] = lines.read()
    assert line["exception"].endswith("ValueError: (its text may quote data)")
    assert "abracadabra" not in repr(line)


def test_outside_of_a_request_there_is_nothing_to_show() -> None:
    answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "cette référence" not in answer.content.decode()
