"""Staff see what the shop will show while they type."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from lumira.accounts.models import User
from orders.models import Service
from tests.factories.catalogue import make_service

pytestmark = pytest.mark.django_db(transaction=True)


def service_page(page: Page, site: str, service: Service) -> Page:
    """The page of a service, in front of somebody who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}]
    )
    page.goto(site + reverse("admin:orders_service_change", args=[service.pk]))
    return page


def name_of(page: Page) -> Locator:
    return page.locator("[name=name]")


def cards_on(page: Page) -> tuple[Locator, Locator]:
    """The one in French, and the one in English."""
    cards = page.frame_locator("[name=preview]").get_by_role("article")
    return cards.first, cards.last


def test_the_card_follows_what_is_typed(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    service = make_service()
    page = service_page(open_page(), live_server.url, service)
    french, english = cards_on(page)
    expect(french.get_by_role("heading")).to_have_text("Consultation Premium")

    name_of(page).fill("Consultation du soir")
    page.locator("[name=price]").fill("1289,50")
    page.get_by_text("En anglais · à traduire : nom").click()
    page.get_by_label("Nom en anglais").fill("Evening Consultation")

    expect(french.get_by_role("heading")).to_have_text("Consultation du soir")
    expect(french.locator(".price__amount")).to_contain_text("289,50")
    expect(english.get_by_role("heading")).to_have_text("Evening Consultation")
    assert Service.objects.get().name == "Consultation Premium"


def test_when_its_script_does_not_come_a_button_shows_the_card(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    service = make_service()
    page = open_page()
    page.route("**/preview*.js", lambda route: route.abort())
    service_page(page, live_server.url, service)
    name_of(page).fill("Consultation du soir")

    page.get_by_role("button", name="Actualiser l’aperçu").click()

    for card in cards_on(page):
        expect(card.get_by_role("heading")).to_have_text("Consultation du soir")
