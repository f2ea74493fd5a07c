"""Without JavaScript up to the card, on a phone, and in English."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from orders.models import Order
from tests.browser.customer import Customer

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 780}


def test_without_javascript_an_order_is_placed_and_kept(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    customer = Customer(open_page(java_script_enabled=False), shop.url)

    order_id = customer.order()

    number = Order.objects.get(pk=order_id).number
    assert "JavaScript" in customer.page.inner_text("main")
    assert number in customer.page.inner_text("main")


def test_without_javascript_mistakes_are_explained_and_answers_kept(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    customer = Customer(open_page(java_script_enabled=False), shop.url)
    customer.fill_in_the_form()
    customer.page.get_by_label("Adresse e-mail").fill("alice@nowhere")
    customer.page.locator("form").first.evaluate("form => form.noValidate = true")

    customer.submit_button.click()

    expect(customer.page.get_by_text("adresse e-mail valide").first).to_be_visible()
    expect(customer.page.get_by_label("Prénom")).to_have_value("Alice")
    assert Order.objects.count() == 0


def test_on_a_phone_nothing_hangs_over_the_edge(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    customer = Customer(open_page(viewport=PHONE, has_touch=True), shop.url)
    addresses = ["/", "/commande/", "/commandes/", "/confidentialite/", "/nowhere"]

    for address in addresses:
        customer.page.goto(shop.url + address)
        width = customer.page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], address
    customer.order()
    customer.pay()
    customer.sees_confirmed()
    assert (
        customer.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    )


def test_the_home_page_leads_to_the_form_with_the_choice_made(
    customer: Customer,
) -> None:
    page = customer.page
    page.goto(customer.shop_url)

    page.locator("a[href*='service=premium']").first.click()

    page.wait_for_url("**/commande/**")
    expect(page.locator("input[name=service][value=premium]")).to_be_checked()


def test_english_is_one_click_away(customer: Customer) -> None:
    page = customer.page
    page.goto(customer.shop_url)

    page.get_by_role("link", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
