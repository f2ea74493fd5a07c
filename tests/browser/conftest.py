"""A real Chromium on the served shop. Errors in the page's console fail the test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.customer import Customer
from tests.factories.catalogue import make_expert, make_service

PHONE = {"width": 390, "height": 844}
# Tall enough for the whole payment page: a click that comes in the moment of a scroll
# goes to where the frame of the card was before it.
DESK = {"width": 1280, "height": 1600}
# What the browser itself writes when a call is refused or cut off, which is part of
# what is tested.
EXPECTED = "Failed to load resource"


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """open_page(**context options): a page in a browser profile of its own."""
    contexts, complaints = [], []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and EXPECTED not in message.text:
            complaints.append(message.text)

    def open_one(**options: Any) -> Page:
        defaults = {"locale": "fr-FR", "viewport": DESK}
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def catalogue(transactional_db: None) -> None:
    """Two services, two experts; one of them offers only the cheaper service."""
    basic = make_service(slug="basic", name="Consultation Basique", price=2900, level=1)
    premium = make_service()
    make_expert(basic, premium, slug="camille-aubry", name="Camille Aubry")
    make_expert(basic, slug="elias-benhamou", name="Elias Benhamou")


@pytest.fixture
def customer(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> Customer:
    """A person at a desk, in French, with JavaScript."""
    return Customer(open_page(), shop.url)
