"""Polls that do not pass through Django's middlewares: the same answers, byte for byte,
headers and lines of the log included."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from hypothesis import HealthCheck, given
from hypothesis import settings as how_often
from hypothesis import strategies as st
from pytest_django import Settings

from lumira.maintenance import begin_maintenance, end_maintenance
from payments.api.short_way import ORDER
from tests.api.both_ways import ENGLISH, NOBODY, PROXIED, BothWays, environ
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

# Django looks after its connections at a request's begin and end.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both() -> BothWays:
    return BothWays()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        ENGLISH,
        {"HTTP_ACCEPT_LANGUAGE": "de"},
        {"HTTP_ACCEPT_LANGUAGE": "en, *;q=\x00"},
        {"HTTP_COOKIE": "django_language=en"},
        {"HTTP_COOKIE": "django_language=en", "HTTP_ACCEPT_LANGUAGE": "fr"},
        {"HTTP_COOKIE": "django_language=../../etc; csrftoken=x; a=\xff"},
        {"HTTP_ACCEPT_ENCODING": "gzip, br"},
        {"HTTP_X_REQUEST_ID": "chosen-by-the-caller"},
        {"HTTP_X_REQUEST_ID": "a\x00b\xff"},
        {"HTTP_X_REQUEST_ID": ""},
        {"wsgi.url_scheme": "https"},
        {"HTTP_HOST": "localhost:8000"},
        {"CONTENT_LENGTH": "0"},
        {"CONTENT_LENGTH": ""},
        {"HTTP_X_FORWARDED_HOST": "evil.example", **PROXIED},
        {"REMOTE_ADDR": "2001:db8::1"},
        {"REMOTE_ADDR": ""},
        {"QUERY_STRING": None, "SCRIPT_NAME": None},
    ],
)
@pytest.mark.parametrize("is_there", [True, False])
def test_a_poll_is_answered_alike(
    both: BothWays, changes: dict[str, Any], is_there: bool
) -> None:
    order_id = make_payment().order_id if is_there else NOBODY

    line = both.same(environ(f"{ORDER}{order_id}", **changes))

    assert line == ("200 OK" if is_there else "404 Not Found")


def test_every_moment_is_written_alike(both: BothWays) -> None:
    moment = now().replace(microsecond=0)
    order = make_order(status="completed", paid_at=moment, completed_at=now())
    make_payment(order=order, status="cancelled", created_at=now() - timedelta(1))
    make_payment(order=order, status="completed", amount_refunded=5)

    assert both.same(environ(f"{ORDER}{order.pk}")) == "200 OK"


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "get"},
        {"REQUEST_METHOD": "OPTIONS"},
        {"QUERY_STRING": "lang=en"},
        {"SCRIPT_NAME": "/shop"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "localhost\n"},
        {"HTTP_HOST": ""},
        {"CONTENT_LENGTH": "5"},
        {"CONTENT_LENGTH": "²"},
        {"CONTENT_LENGTH": "+0"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
    ],
)
def test_an_odd_poll_goes_djangos_way(both: BothWays, changes: dict[str, str]) -> None:
    both.longer(environ(f"{ORDER}{make_order().pk}", **changes))


@pytest.mark.parametrize(
    "path",
    [
        "{order}/",
        "{order};a=b",
        "{order}\n",
        "{order}/../{order}",
        "/{order}",
        "{ORDER}",
        "{bare}",
        "{{{order}}}",
        "nonsense",
        "",
        "é",
        "\xff",
        "%2F{order}",
    ],
)
def test_an_odd_address_goes_djangos_way(both: BothWays, path: str) -> None:
    order = make_order().pk
    end = path.format(order=order, ORDER=str(order).upper(), bare=order.hex)

    both.longer(environ(f"{ORDER}{end}"))


def test_too_many_polls_are_refused_alike(both: BothWays, settings: Settings) -> None:
    settings.LIMITS_ON = True
    settings.LIMITS_FACTOR = 0.0

    line = both.same(environ(f"{ORDER}{make_order().pk}"))

    assert line == "429 Too Many Requests"


def test_what_nobody_caught_is_logged_and_answered_alike(
    both: BothWays, settings: Settings
) -> None:
    settings.LIMITS_ON = True
    settings.LIMITS_FACTOR = None

    short, long = both.ask(environ(f"{ORDER}{make_order().pk}", **ENGLISH))

    assert not short.by_django
    assert short.comparable() == long.comparable()
    assert short.line == "500 Internal Server Error"
    assert json.loads(short.body)["error"] == "internal_error"
    assert any("TypeError" in line for lines in short.lines for line in lines)


def test_while_the_shop_is_closed_both_say_so(both: BothWays) -> None:
    asked = environ(f"{ORDER}{make_order().pk}")
    begin_maintenance()
    try:
        assert both.longer(asked) == "503 Service Unavailable"
    finally:
        end_maintenance()

    assert both.same(asked) == "200 OK"


TEXTS = st.text(st.characters(max_codepoint=255), max_size=30)
ODD = st.dictionaries(
    st.sampled_from(
        [
            *("HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE", "HTTP_X_REQUEST_ID", "HTTP_HOST"),
            *("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED"),
            *("CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_AUTHORIZATION", "QUERY_STRING"),
            *("REMOTE_ADDR", "HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_ENCODING"),
        ]
    ),
    st.one_of(
        TEXTS,
        st.sampled_from(
            ["en", "fr;q=0", "*", "localhost", "https", "k=v; k=w", "gzip"]
        ),
    ),
    max_size=5,
)


@how_often(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=ODD)
def test_whatever_a_poll_brings_both_say_the_same(
    both: BothWays, changes: dict[str, str]
) -> None:
    # By whichever way: that is the short way's own affair.
    short, long = both.ask(environ(f"{ORDER}{NOBODY}", **changes))

    assert short.comparable() == long.comparable()
