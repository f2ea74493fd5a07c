"""The first page and the experts' pages, with short texts and very long ones."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from orders.models import Expert
from tests.factories.catalogue import make_expert, make_service

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
WINDOWS = [{"width": 320, "height": 640}, PHONE, {"width": 768, "height": 1024}]
LONG_NAME = "Marie-Antoinette-Joséphine de La Rochefoucauld d’Anticonstitutionnellement"


@pytest.fixture
def camille(db: None) -> Expert:
    premium = make_service(slug="premium")
    return make_expert(premium, make_service(slug="vip"), slug="camille")


@pytest.fixture
def long_texts(db: None) -> None:
    """What an administrator may write, and hopefully never will."""
    service = make_service(
        slug="long",
        name="Accompagnement " + "transgénérationnel" * 3,
        description="Pour une année entière. " * 12,
        features=["Une lecture à chaque saison, et une synthèse de fin d’année", "x"],
        price=123_456_700,
        billing="year",
    )
    make_expert(
        service,
        slug="long",
        name=LONG_NAME,
        specialities=["Constellations transgénérationnelles et systémiques"] * 6,
        bio="Un premier paragraphe. " * 40 + "\n\n" + "Un second. " * 90,
    )


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: str(window["width"]))
def test_long_texts_do_not_hang_over_the_edge(
    live_server: LiveServer,
    long_texts: None,
    open_page: Callable[..., Page],
    window: dict[str, int],
) -> None:
    page = open_page(viewport=window)

    for address in ("/", "/experts/long/", "/experts/nobody/"):
        page.goto(live_server.url + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= window["width"], address


@pytest.mark.parametrize("address", ["/", "/experts/camille/"])
def test_on_a_phone_the_first_screen_has_the_price_and_the_way_on(
    live_server: LiveServer,
    camille: Expert,
    open_page: Callable[..., Page],
    address: str,
) -> None:
    page = open_page(viewport=PHONE)

    page.goto(live_server.url + address)

    expect(page.locator(".price__amount").first).to_be_in_viewport(ratio=1)
    expect(page.locator("main .button").first).to_be_in_viewport(ratio=1)


def test_without_javascript_a_card_leads_to_the_expert_and_on_to_the_form(
    live_server: LiveServer, camille: Expert, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(live_server.url)

    page.get_by_role("link", name="Rencontrer Camille Aubry").click()
    page.locator("a[href*='service=vip']").click()

    expect(page.locator("[name=expert][value=camille]")).to_be_checked()
    expect(page.locator("[name=service][value=vip]")).to_be_checked()


def test_the_whole_card_is_the_link(
    live_server: LiveServer, camille: Expert, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(live_server.url)

    page.locator(".expert-card .portrait").click(force=True)  # the link is above

    page.wait_for_url("**/experts/camille/")


@pytest.mark.parametrize("address", ["/", "/experts/camille/"])
def test_headings_go_down_one_step_at_a_time(
    live_server: LiveServer,
    camille: Expert,
    open_page: Callable[..., Page],
    address: str,
) -> None:
    page = open_page()

    page.goto(live_server.url + address)

    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map(h => +h.tagName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(
        after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)
    )


@pytest.mark.parametrize("address", ["/", "/experts/one/"])
def test_a_picture_has_its_place_before_it_comes(
    live_server: LiveServer, open_page: Callable[..., Page], address: str
) -> None:
    for slug in ("one", "two", "three"):
        make_expert(slug=slug, name=slug, photo=f"experts/{slug}.jpg")
    page = open_page()

    page.goto(live_server.url + address)

    pictures = page.locator("main img")
    assert pictures.count() == 3
    for picture in pictures.all():
        assert picture.get_attribute("width") == "512"
        assert picture.get_attribute("height") == "640"
        box = picture.bounding_box()
        assert box is not None
        is_first = box["y"] < 600
        assert (picture.get_attribute("loading") == "lazy") is not is_first
