"""A page says that the line is away, and that it is back, without taking the focus."""

import pytest
from playwright.sync_api import expect

from tests.browser.customer import Customer

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = ["/commande/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_line_goes_and_comes_back(customer: Customer, address: str) -> None:
    page = customer.page
    page.goto(customer.shop_url + address)
    notice = page.locator("[data-connection-notice]")
    expect(notice).to_have_attribute("role", "status")
    expect(notice).to_have_text("", use_inner_text=True)

    page.context.set_offline(True)
    expect(notice).to_contain_text("hors ligne", use_inner_text=True)

    page.context.set_offline(False)
    expect(notice).to_have_text("La connexion est revenue.", use_inner_text=True)
    assert page.evaluate("document.activeElement === document.body")


def test_who_opens_the_payment_without_a_line_is_told(customer: Customer) -> None:
    customer.order()
    customer.wait_until("ready")

    customer.page.context.set_offline(True)

    notice = customer.page.locator("[data-connection-notice]")
    expect(notice).to_contain_text("hors ligne", use_inner_text=True)
    customer.page.context.set_offline(False)
