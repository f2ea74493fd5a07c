"""Two languages in a real Chromium: one click, and nothing that was typed is lost."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.customer import Customer

pytestmark = pytest.mark.django_db(transaction=True)


def in_english(page: Page) -> None:
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_was_typed_into_the_form_survives_the_other_language(
    customer: Customer,
) -> None:
    customer.fill_in_the_form()
    page = customer.page

    in_english(page)

    expect(page.get_by_label("First name")).to_have_value("Alice")
    expect(page.get_by_label("Your question")).to_have_value("Où aller ?")
    expect(page.locator("input[name=service][value=premium]")).to_be_checked()
    expect(page.locator("input[name=expert][value=camille-aubry]")).to_be_checked()


def test_the_language_stays_through_the_whole_purchase(customer: Customer) -> None:
    page = customer.page
    page.goto(customer.shop_url)
    in_english(page)

    page.locator("a[href*='service=premium']").first.click()
    page.wait_for_url("**/commande/**")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "lang=" not in page.url


def test_without_javascript_the_choice_stays_in_the_address(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{shop.url}/commande/?service=premium&expert=camille-aubry")

    in_english(page)

    expect(page.locator("input[name=service][value=premium]")).to_be_checked()
    expect(page.locator("input[name=expert][value=camille-aubry]")).to_be_checked()


def test_a_kept_page_is_shown_again_until_it_changes(
    customer: Customer, settings: Settings
) -> None:
    settings.KEEPS_PAGES = True
    page = customer.page
    statuses: list[int] = []

    def note(told: dict[str, object]) -> None:
        statuses.append(int(str(told["statusCode"])))

    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    address = f"{customer.shop_url}/mentions-legales/"
    page.goto(address)
    wire.on("Network.responseReceivedExtraInfo", note)

    page.goto(address)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert 304 in statuses


def test_the_browser_reads_the_manifest_without_a_complaint(customer: Customer) -> None:
    page = customer.page
    page.goto(customer.shop_url)

    found = page.context.new_cdp_session(page).send("Page.getAppManifest")

    assert found["errors"] == []
    assert json.loads(found["data"])["name"] == "Lumira Oracle"
