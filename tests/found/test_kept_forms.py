"""The order form is kept but for what belongs to one visitor, and never out of date."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lumira.accounts.roles import Role
from orders.catalogue_version import CATALOGUE
from orders.models import Expert, Order, Service, ServiceOffer
from tests.factories.catalogue import make_expert, make_service
from tests.factories.staff import client_of, make_staff
from tests.lumira.answer import Answer
from tests.orders.filling_in import answers

pytestmark = pytest.mark.django_db
PAGE = "/commande/"
PAIR = "/commande/?service=premium&expert=camille"


@pytest.fixture(autouse=True)
def camille(settings: Settings) -> Expert:
    settings.KEEPS_PAGES = True
    make_expert(make_service(slug="basic", name="Consultation Basique"), slug="noor")
    return make_expert(slug="camille")


def own_values(answer: Answer) -> tuple[str, str, str]:
    """Token, key and nonce that stand in the page."""
    page = answer.content.decode()
    found = re.findall(
        r'name="(?:csrfmiddlewaretoken|request_id)" value="([^"]+)"', page
    )
    token, key = found
    (nonce,) = re.findall(r'<script type="module" nonce="([^"]+)"', page)
    return token, key, nonce


def without_own_values(answer: Answer) -> str:
    page: str = answer.content.decode()
    for value in own_values(answer):
        page = page.replace(value, "…")
    return page


@pytest.mark.parametrize(
    "address", [PAGE, PAIR, "/commande/?lang=en", f"{PAIR}&lang=en"]
)
def test_what_is_kept_is_what_would_be_rendered(
    client: Client, settings: Settings, address: str
) -> None:
    client.get(address)
    kept = client.get(address)
    settings.KEEPS_PAGES = False
    rendered = client.get(address)

    assert not kept.templates
    assert rendered.templates
    assert without_own_values(kept) == without_own_values(rendered)
    assert kept.content.count(b" checked") == rendered.content.count(b" checked")


@pytest.mark.parametrize("query", ["", "service=premium&", "expert=noor&"])
def test_a_language_has_one_form_however_it_was_chosen(
    client: Client, settings: Settings, query: str
) -> None:
    english = {"accept-language": "en"}
    client.get(f"{PAGE}?{query}lang=en")
    client.cookies.clear()

    kept = client.get(f"{PAGE}?{query}".rstrip("&?"), headers=english)

    settings.KEEPS_PAGES = False
    rendered = client.get(f"{PAGE}?{query}".rstrip("&?"), headers=english)
    assert not kept.templates
    assert without_own_values(kept) == without_own_values(rendered)


def test_a_kept_form_costs_the_look_at_the_catalogue(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(PAGE)

    with django_assert_num_queries(len(CATALOGUE)):
        client.get(PAGE)


def test_two_visitors_share_nothing_of_their_own(client: Client) -> None:
    visits, cookies = [], []
    for _ in range(4):
        client.cookies.clear()
        visits.append(client.get(PAGE))
        cookies.append(client.cookies["csrftoken"].value)

    assert not visits[-1].templates
    own = [value for answer in visits for value in own_values(answer)]
    assert len(set(own)) == 3 * len(visits)
    assert len(set(cookies)) == len(visits)
    for answer in visits:
        _token, _key, nonce = own_values(answer)
        assert f"'nonce-{nonce}'" in answer["Content-Security-Policy"]


def test_the_same_visitor_keeps_the_cookie_and_gets_another_token(
    client: Client,
) -> None:
    first = client.get(PAGE)
    cookie = client.cookies["csrftoken"].value
    second = client.get(PAGE)

    assert client.cookies["csrftoken"].value == cookie
    assert own_values(first)[0] != own_values(second)[0]
    assert "Cookie" in second["Vary"]


def test_a_kept_form_can_be_sent(settings: Settings) -> None:
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(PAGE)
    visitor.cookies.clear()
    token, key, _nonce = own_values(visitor.get(PAGE))

    sent = visitor.post(
        PAGE, answers(csrfmiddlewaretoken=token, request_id=key), follow=False
    )

    assert sent.status_code == 302
    assert Order.objects.get().status == "pending"


def test_anothers_token_sends_nothing(settings: Settings) -> None:
    visitor = Client(enforce_csrf_checks=True)
    token, *_ = own_values(visitor.get(PAGE))
    visitor.cookies.clear()
    visitor.get(PAGE)

    sent = visitor.post(PAGE, answers(csrfmiddlewaretoken=token))

    assert sent.status_code == 403
    assert not Order.objects.exists()


def test_a_form_is_never_told_to_be_the_same(client: Client) -> None:
    client.get(PAGE)

    answer = client.get(PAGE, headers={"if-none-match": "*"})

    assert answer.status_code == 200
    assert "ETag" not in answer


def change_a_price() -> None:
    Service.objects.filter(slug="premium").update(price=8100)


def end_an_offer() -> None:
    camille = Expert.objects.get(slug="camille")
    ServiceOffer.objects.filter(expert=camille).delete()


def offer_more() -> None:
    make_expert(make_service(slug="basic"), slug="camille")


def take_a_service_off() -> None:
    Service.objects.filter(slug="premium").update(is_active=False)


def leave_for_a_holiday() -> None:
    Expert.objects.filter(slug="camille").update(is_active=False)


def write_english() -> None:
    Service.objects.filter(slug="premium").update(name_en="In another word")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("address", [f"{PAGE}?", f"{PAIR}&"])
@pytest.mark.parametrize(
    "happens",
    [change_a_price, end_an_offer, offer_more, take_a_service_off, leave_for_a_holiday],
)
def test_the_next_visitor_sees_what_can_be_ordered_now(
    client: Client, settings: Settings, happens: Any, address: str, language: str
) -> None:
    address = f"{address}lang={language}"
    before = client.get(address)
    client.get(address)

    happens()

    after = client.get(address)
    settings.KEEPS_PAGES = False
    assert without_own_values(after) == without_own_values(client.get(address))
    assert without_own_values(after) != without_own_values(before)


def test_a_text_in_english_is_on_the_english_form_alone(client: Client) -> None:
    before = {lang: client.get(f"{PAGE}?lang={lang}") for lang in ("fr", "en")}

    write_english()

    after = {lang: client.get(f"{PAGE}?lang={lang}") for lang in ("fr", "en")}
    assert without_own_values(after["fr"]) == without_own_values(before["fr"])
    assert "In another word" in after["en"].content.decode()


def test_an_order_has_the_price_of_the_database_whatever_the_form_said(
    client: Client,
) -> None:
    client.get(PAGE)
    form = client.get(PAGE)
    change_a_price()

    sent = client.post(PAGE, answers(request_id=own_values(form)[1]))

    assert "79,00" in form.content.decode()
    assert Order.objects.get().amount == 8100
    assert "81,00" in client.get(sent["Location"]).content.decode()


def test_whoever_brings_a_session_or_a_message_gets_a_page_of_their_own(
    client: Client,
) -> None:
    client.get(PAGE)
    staff = client_of(make_staff(Role.ADMINISTRATOR))
    client.cookies["messages"] = "a message"

    for somebody in (staff, client):
        assert somebody.get(PAGE).templates


def test_what_was_sent_wrongly_comes_back_to_its_sender_alone(client: Client) -> None:
    client.get(PAGE)

    refused = client.post(PAGE, answers(email="alice", life_question="Mon secret"))

    assert refused.status_code == 422
    assert "Mon secret" in refused.content.decode()
    kept = client.get(PAGE)
    assert not kept.templates
    assert "Mon secret" not in kept.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "service=gone",
        "service=basic&expert=camille",
        "utm_source=letter",
        "service=premium&service=premium",
        "service=p%72emium",
        "service=premium&",
        "lang=xx",
    ],
)
def test_what_our_links_do_not_ask_for_is_not_kept(client: Client, query: str) -> None:
    client.get(f"{PAGE}?{query}")

    assert client.get(f"{PAGE}?{query}").templates


def test_without_anything_to_order_there_is_no_form_to_keep(client: Client) -> None:
    ServiceOffer.objects.all().delete()
    client.get(PAGE)

    assert client.get(PAGE).templates
