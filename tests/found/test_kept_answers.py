"""A whole answer is given again, header by header as it was, as long as it is true."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from lumira import kept_answers
from lumira.accounts.roles import Role
from lumira.kept_answers import answer_kept
from lumira.kept_pages import KeptPages
from lumira.maintenance import begin_maintenance, end_maintenance
from orders.models import Expert
from tests.factories.catalogue import make_expert
from tests.factories.staff import client_of, make_staff
from tests.lumira.answer import Answer

# Of each answer alone; nobody could take them from one and compare.
ITS_OWN = {"X-Request-Id"}
PAGES = ["/", "/experts/camille/", "/mentions-legales/", "/commande/"]
PAIR = "/commande/?service=premium&expert=camille"


@pytest.fixture
def shop(settings: Settings, tmp_path: Path, db: None) -> Client:
    """One that has just looked at its catalogue, and will not look again."""
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.KEEPS_PAGES = True
    settings.SECURE_HSTS_SECONDS = 60  # told by https alone
    make_expert(slug="camille")
    visitor = Client()
    for address in PAGES:
        visitor.get(address)
    settings.KEPT_VERSION_S = 3600
    visitor.cookies.clear()
    return visitor


def came_the_short_way(answer: Answer) -> bool:
    return not hasattr(answer.wsgi_request, "session")


def shape_of(answer: Answer) -> dict[str, Any]:
    """The answer without what is anybody's own: which headers, and what they say."""
    headers = {name: value for name, value in answer.items() if name not in ITS_OWN}
    policy = headers.pop("Content-Security-Policy").split("; ")
    names = [part.split(" 'nonce-")[0] for part in policy]
    cookies = {
        name: {**cookie, "expires": bool(cookie["expires"])}
        for name, cookie in answer.cookies.items()
    }
    return {
        "status": answer.status_code,
        "headers": headers,
        "policy": sorted(names),
        "cookies": cookies,
        "size": len(answer.content),
    }


HEADERS = [
    {},
    {"accept-encoding": "gzip, br"},
    {"accept-language": "en-GB,en;q=0.8"},
    {"if-none-match": "*"},
    {"cookie": "django_language=en"},
]
ASKED = [
    *[("get", headers, True) for headers in HEADERS],
    ("head", {}, True),
    ("get", {}, False),
]


@pytest.mark.parametrize("address", [*PAGES, "/?lang=fr", PAIR])
@pytest.mark.parametrize(("method", "headers", "secure"), ASKED)
def test_the_kept_answer_says_what_the_fresh_one_says(
    shop: Client,
    settings: Settings,
    address: str,
    method: str,
    headers: dict[str, str],
    secure: bool,
) -> None:
    def ask() -> Answer:
        shop.cookies.clear()
        return getattr(shop, method)(address, headers=headers, secure=secure)

    ask()
    ask()
    kept = ask()
    settings.KEPT_VERSION_S = 0
    fresh = ask()

    can_be_kept = "django_language" not in fresh.cookies
    assert came_the_short_way(kept) is can_be_kept
    assert not came_the_short_way(fresh)
    assert shape_of(kept) == shape_of(fresh)
    assert kept.headers.keys() >= ITS_OWN


def test_whoever_asks_otherwise_is_not_given_what_another_was(
    shop: Client, settings: Settings
) -> None:
    every: list[dict[str, Any]] = [
        {"secure": secure, "headers": headers}
        for secure in (True, False)
        for headers in HEADERS
    ]

    def ask(asked: dict[str, Any]) -> dict[str, Any]:
        shop.cookies.clear()
        return shape_of(shop.get("/", **asked))

    settings.KEPT_VERSION_S = 0
    fresh = [ask(asked) for asked in every]
    settings.KEPT_VERSION_S = 3600

    assert [ask(asked) for asked in every] == fresh
    assert [ask(asked) for asked in every] == fresh
    # Plain, packed, English, and 304: each by http and by https.
    assert len({str(shape) for shape in fresh}) == 2 * 4


def test_it_asks_no_database(
    shop: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for address in PAGES:
        shop.get(address)

    with django_assert_num_queries(0):
        answers = [shop.get(address) for address in PAGES]

    assert all(came_the_short_way(answer) for answer in answers)


def test_as_soon_as_the_catalogue_is_looked_at_an_edit_is_on_the_page(
    shop: Client, settings: Settings
) -> None:
    shop.get("/commande/")
    Expert.objects.update(name="Autre")
    before = shop.get("/commande/")

    settings.KEPT_VERSION_S = 0
    looked = shop.get("/commande/")
    settings.KEPT_VERSION_S = 3600
    after = [shop.get("/commande/") for _ in range(2)]

    assert came_the_short_way(before)
    assert b"Camille" in before.content
    assert [b"Autre" in answer.content for answer in (looked, *after)] == [True] * 3
    assert came_the_short_way(after[-1])


def test_maintenance_closes_what_is_kept_at_once(shop: Client) -> None:
    shop.get("/")

    begin_maintenance()
    closed = [shop.get(address).status_code for address in PAGES]
    end_maintenance()

    assert closed == [503] * len(PAGES)
    assert came_the_short_way(shop.get("/"))


def test_whoever_brings_a_session_or_a_message_takes_the_long_way(
    shop: Client,
) -> None:
    staff = client_of(make_staff(Role.ADMINISTRATOR))
    shop.get("/")
    shop.cookies["messages"] = "a message"

    for somebody in (staff, shop):
        for _ in range(2):
            assert not came_the_short_way(somebody.get("/"))


def test_each_visitor_of_a_kept_form_has_a_token_and_a_nonce(shop: Client) -> None:
    own = set()

    for _ in range(5):
        shop.cookies.clear()
        answer = shop.get("/commande/")
        (policy,) = [
            part
            for part in answer["Content-Security-Policy"].split("; ")
            if part.startswith("script-src")
        ]
        nonce = policy.split("'nonce-")[1].rstrip("'")
        assert answer.content.count(f'nonce="{nonce}"'.encode()) == 1
        own |= {nonce, shop.cookies["csrftoken"].value}

    assert came_the_short_way(answer)
    assert len(own) == 10


def test_a_visitor_who_comes_again_keeps_the_secret_of_the_first_form(
    shop: Client,
) -> None:
    shop.get("/commande/")
    secret = shop.cookies["csrftoken"].value

    answer = shop.get("/commande/")

    assert came_the_short_way(answer)
    assert answer.cookies["csrftoken"].value == secret


def test_a_host_that_is_not_ours_is_refused_as_ever(shop: Client) -> None:
    shop.get("/")

    answers = [shop.get("/", headers={"host": "evil.example"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.parametrize(
    "address",
    [
        "/?utm_source=letter",
        "/experts/nobody/",
        "/commandes/",
        "/confirmation",
        "/healthz",
    ],
)
def test_nothing_else_is_kept(shop: Client, address: str) -> None:
    shop.get(address)

    assert not came_the_short_way(shop.get(address))


def test_a_request_with_a_body_or_a_condition_of_its_own_takes_the_long_way(
    shop: Client,
) -> None:
    shop.get("/")

    too_much = shop.generic("GET", "/", b"x" * 1_000_001)
    on_condition = shop.get("/", headers={"if-match": '"other"'})

    assert too_much.status_code == 413
    assert on_condition.status_code == 412


Chain = Callable[[HttpRequest], HttpResponseBase]


@pytest.fixture
def asked(settings: Settings) -> list[str]:
    settings.KEEPS_PAGES = True
    settings.KEPT_VERSION_S = 3600
    return []


def chain(asked: list[str]) -> Chain:
    """The middleware before a page that notes who comes so far."""
    pages = KeptPages()

    @pages.same_for_everybody
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("the page")

    def the_rest(request: HttpRequest) -> HttpResponseBase:
        asked.append(request.get_full_path())
        return view(request)

    return answer_kept(the_rest)


def test_invented_questions_fill_no_memory(asked: list[str]) -> None:
    answered, make = chain(asked), RequestFactory().get
    answered(make("/"))

    for number in range(kept_answers.MOST_ANSWERS):
        answered(make("/", headers={"accept-language": f"x-{number}"}))

    asked.clear()
    answered(make("/"))
    answered(make("/"))
    assert asked == ["/"]


def test_a_question_as_long_as_a_letter_is_not_remembered(asked: list[str]) -> None:
    answered, make = chain(asked), RequestFactory().get

    for _ in range(2):
        answered(make("/", headers={"accept-language": "fr," * 200}))

    assert len(asked) == 2
