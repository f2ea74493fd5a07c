"""Every page of the shop in a real Chromium: its policy forbids nothing it does.

What is done on a page is looked at by all tests of this folder: a violation is an
error in the console, which fails them (conftest.py).
"""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from orders.access import access_token
from tests.browser.customer import Customer
from tests.browser.violations import Watcher
from tests.factories.orders import make_order
from tests.factories.subscriptions import make_invoice, make_subscription
from tests.factories.work import make_assigned_order, make_delivered_order

pytestmark = pytest.mark.django_db(transaction=True)

# As a text would that was not escaped. Trusted Types throw, where they are on.
HOSTILE = """async () => {
  const added = [
    () => {
      const script = document.createElement("script");
      script.append("window.ran = true;");
      document.body.append(script);
    },
    () => {
      const button = document.createElement("button");
      button.setAttribute("onclick", "window.ran = true;");
      document.body.append(button);
      button.click();
    },
    () => document.body.insertAdjacentHTML(
      "beforeend", "<img src=/nowhere onerror='window.ran = true;'>"
    ),
    () => setTimeout("window.ran = true;"),
  ];
  for (const add of added) {
    try { add(); } catch {}
  }
  await new Promise((done) => setTimeout(done, 200));
  return window.ran === true;
}"""


def test_no_page_of_the_shop_does_what_its_policy_forbids(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    watcher = Watcher(page)
    order = make_delivered_order(make_assigned_order(email="alice@example.org"))
    subscription = make_subscription(email="alice@example.org")
    make_invoice(subscription)
    mine = reverse("payments:subscription", args=[subscription.pk])

    for address in (
        "/",
        "/",  # again, with what the browser kept of it
        "/experts/camille-aubry/",
        "/commande/?service=premium",
        "/commandes/",
        "/mentions-legales/",
        "/conditions-de-vente/",
        "/confidentialite/",
        f"/commandes/?lien={access_token(order)}",
        reverse("orders:reading", args=[order.pk]),
        order.get_absolute_url(),
        mine,
        f"{mine}arreter/",
        "/nowhere",
        "/api/docs",
    ):
        watcher.look(shop.url + address)
    expect(page.get_by_role("heading", name="Lumira")).to_be_visible()

    assert watcher.complaints == {}


def test_a_payment_is_made_without_a_violation(
    customer: Customer, catalogue: None
) -> None:
    watcher = Watcher(customer.page)

    customer.order()
    customer.enter_card()
    watcher.note("payment")
    customer.pay_button.click()
    customer.sees_confirmed()
    watcher.note("confirmation")

    assert watcher.complaints == {}


@pytest.mark.parametrize("page_name", ["home", "payment"])
def test_a_script_that_came_with_a_text_does_not_run(
    shop: LiveServer, catalogue: None, browser: Browser, page_name: str
) -> None:
    order = make_order(status="pending")
    addresses = {"home": "/", "payment": f"/paiement/{order.pk}/"}
    # Not open_page: the browser must complain here.
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(shop.url + addresses[page_name])

        ran = page.evaluate(HOSTILE)

    assert ran is False
