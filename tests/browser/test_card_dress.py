"""Stripe's card form wears the shop's tokens, by day and by night."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.customer import Customer

pytestmark = pytest.mark.django_db(transaction=True)

APPEARANCE = """async () => {
    const module = await import("/static/js/modules/stripe-appearance.js");
    return module.stripeAppearance(document.body);
}"""
# Stripe's name of something, the token it comes from, and another value for that.
TOKENS = {
    "colorText": ("--color-text", "rgb(1, 2, 3)"),
    "colorDanger": ("--color-danger", "rgb(4, 5, 6)"),
    "colorBackground": ("--color-surface", "rgb(7, 8, 9)"),
    "borderRadius": ("--radius", "17px"),
    "fontSizeBase": ("--text-m", "23px"),
    "spacingUnit": ("--space-1", "5px"),
    "fontFamily": ("--font-text", "Lumira"),
    "fontWeightMedium": ("--weight-medium", "610"),
}


@pytest.fixture
def page(shop: LiveServer, open_page: Callable[..., Page]) -> Page:
    """Any page of the shop; what a test runs in it is no script of the page."""
    page = open_page(bypass_csp=True, color_scheme="light")
    page.goto(f"{shop.url}/commandes/")
    return page


def variables(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(APPEARANCE)["variables"]
    return found


@pytest.mark.parametrize("name", TOKENS)
def test_what_stripe_is_told_comes_from_a_token(page: Page, name: str) -> None:
    token, value = TOKENS[name]
    before = variables(page)

    page.evaluate(
        "([token, value]) => document.documentElement.style.setProperty(token, value)",
        [token, value],
    )

    after = variables(page)
    assert before[name] != value
    assert after[name] == value


def test_every_value_is_a_plain_one(page: Page) -> None:
    told = str(page.evaluate(APPEARANCE))

    assert "var(" not in told
    assert "light-dark(" not in told
    assert "undefined" not in told


def test_the_open_form_follows_the_night(customer: Customer) -> None:
    customer.page.emulate_media(color_scheme="light")
    customer.order()
    customer.enter_card()
    number = customer.card_frame.get_by_label("Numéro de carte")
    expect(number).to_have_css("background-color", "rgb(255, 253, 248)")

    customer.page.emulate_media(color_scheme="dark")

    expect(number).to_have_css("background-color", "rgb(26, 26, 60)")
    expect(number).to_have_value("4242 4242 4242 4242")


def test_stripe_understands_all_of_it(customer: Customer) -> None:
    warnings: list[str] = []
    customer.page.on("console", lambda message: warnings.append(message.text))

    customer.order()
    customer.wait_until("ready")

    assert [text for text in warnings if "left out" in text] == []
