"""The public pages, asked for and posted to with whatever comes: never a 500."""

import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from orders.access import COOKIE, access_token
from orders.models import Order
from tests.factories.catalogue import make_expert, make_service
from tests.fuzz.odd_input import mostly, texts
from tests.fuzz.wsgi_post import Request
from tests.orders.filling_in import GOOD_ANSWERS, answers
from tests.payments.purchases import open_purchase
from tests.sandbox_process import SandboxProcess
from tests.subscriptions.subscribing import make_monthly_order, subscribe

pytestmark = pytest.mark.django_db(transaction=True)
# <order>, <subscription>: that of a customer who is there; or something else.
PAGES = (
    *("/", "/commande/", "/commandes/", "/commandes/lien/", "/confirmation"),
    *("/paiement/<order>/", "/commandes/<order>/lecture/", "/experts/camille/portrait"),
    *("/abonnements/<subscription>/", "/abonnements/<subscription>/arreter/"),
    *("/abonnements/<subscription>/carte/", "/abonnements/<subscription>/regler/"),
    *(
        "/admin/login/",
        "/favicon.ico",
        "/experts/camille/",
        "/healthz",
        "/readyz",
        "/metrics",
    ),
    *("/api/docs", "/api/openapi.json", "/static/", "/nothing"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "é")
PARAMETERS = (
    "service",
    "expert",
    "order_id",
    "lien",
    "next",
    "page",
    "email",
    "lang",
    "x",
)
same_in_every_run = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),  # the fixtures last for all examples
)


@pytest.fixture
def known(sandbox: SandboxProcess, settings: Settings) -> dict[str, str]:
    settings.LIMITS_FACTOR = 1000
    make_expert(make_service(slug="premium"), slug="camille")
    order = open_purchase().order
    subscription = subscribe(sandbox, make_monthly_order())
    return {
        "<order>": str(order.pk),
        "<subscription>": str(subscription.pk),
        "<token>": access_token(subscription.first_order),
    }


def said(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(name, value)
    return text


def quoted(text: str) -> str:
    return quote(text, safe="<>", errors="surrogatepass")


# As a server hands them over: each byte a character.
header_texts = texts.map(lambda text: text.encode(errors="replace").decode("latin-1"))
queries = st.lists(
    st.tuples(
        st.sampled_from(PARAMETERS),
        mostly(st.sampled_from(("premium", "camille", "<order>", "<token>")), texts),
    ),
    max_size=3,
).map(lambda pairs: "&".join(f"{name}={quoted(value)}" for name, value in pairs))


@given(
    page=st.sampled_from(PAGES),
    piece=mostly(st.none(), header_texts),
    method=mostly(st.just("GET"), st.sampled_from(METHODS)),
    query=queries,
    cookie=mostly(st.just("<token>"), header_texts),
    headers=st.dictionaries(
        st.sampled_from(
            (
                *("HTTP_ACCEPT_LANGUAGE", "HTTP_HOST", "HTTP_REFERER", "HTTP_COOKIE"),
                *("HTTP_X_FORWARDED_FOR", "HTTP_X_REQUEST_ID", "HTTP_RANGE"),
                *("HTTP_AUTHORIZATION", "HTTP_IF_MODIFIED_SINCE", "CONTENT_TYPE"),
            )
        ),
        header_texts,
        max_size=2,
    ),
)
@same_in_every_run
def test_a_page_is_asked_for(
    known: dict[str, str],
    page: str,
    piece: str | None,
    method: str,
    query: str,
    cookie: str,
    headers: dict[str, str],
) -> None:
    path = page if piece is None else re.sub("<.*>|$", lambda _found: piece, page)
    cookies = {"HTTP_COOKIE": f"{COOKIE}={said(cookie, known)}"}

    told = Request(
        said(path, known),
        method=method,
        query=said(query, known),
        headers={**cookies, **headers},
    ).send()

    assert told.status < 500


@given(
    changes=st.dictionaries(
        st.sampled_from((*GOOD_ANSWERS, "request_id")), st.none() | texts, max_size=3
    ),
    files=st.lists(
        st.builds(
            SimpleUploadedFile,
            texts.map(lambda name: quoted(name)[:80] or "x"),
            st.binary(max_size=50) | st.just(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
            st.sampled_from(("image/png", "text/html", "image/heic")),
        ),
        max_size=4,
    ),
)
@same_in_every_run
def test_the_order_form_is_sent(
    known: dict[str, str],
    changes: dict[str, str | None],
    files: list[SimpleUploadedFile],
) -> None:
    sent: dict[str, Any] = {
        name: without_halves(value) for name, value in answers(**changes).items()
    }
    before = Order.objects.count()

    answer = Client().post("/commande/", {**sent, "pictures": files})

    assert answer.status_code in (302, 422)
    assert Order.objects.count() - before == (answer.status_code == 302)


@given(
    page=st.sampled_from(PAGES),
    form=st.dictionaries(st.sampled_from(PARAMETERS), texts, max_size=3),
    kind=st.sampled_from(
        (
            *("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"),
            *(
                "multipart/form-data",
                "application/x-www-form-urlencoded; charset=utf-7",
            ),
            *("text/plain", "application/json", ""),
        )
    ),
    cut=st.integers(0, 3),
)
@same_in_every_run
def test_other_forms_are_sent(
    known: dict[str, str], page: str, form: dict[str, str], kind: str, cut: int
) -> None:
    token = "a" * 32
    fields = {"csrfmiddlewaretoken": token, **form}
    if kind.startswith("multipart"):
        part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        whole = "".join(part.format(*field) for field in fields.items()) + "--x--\r\n"
        body = whole.encode(errors="surrogatepass")
    else:
        body = urlencode(fields, errors="surrogatepass").encode()
    cookies = f"{configured.CSRF_COOKIE_NAME}={token}; {COOKIE}={known['<token>']}"

    told = Request(
        said(page, known),
        body[: len(body) - cut],
        query=f"order_id={known['<order>']}",
        headers={"CONTENT_TYPE": kind, "HTTP_COOKIE": cookies},
    ).send()

    assert told.status < 500, (page, kind, body)


def without_halves(text: str) -> str:
    """A browser sends no half of a surrogate pair in a form."""
    return text.encode(errors="replace").decode()
