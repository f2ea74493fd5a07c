"""A form that was kept works for each who gets it, under the policy of its page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from orders.models import Order
from tests.browser.customer import Customer
from tests.browser.violations import Watcher

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_of_two_strangers_orders_with_the_kept_form(
    live_server: LiveServer,
    catalogue: None,
    open_page: Callable[..., Page],
    settings: Settings,
) -> None:
    settings.KEEPS_PAGES = True
    complaints, tokens = [], set()
    Customer(open_page(), live_server.url).fill_in_the_form()
    settings.KEPT_VERSION_S = 3600  # it has been looked at, and stays as it is

    for _ in range(2):
        stranger = Customer(open_page(), live_server.url)
        watcher = Watcher(stranger.page)
        stranger.fill_in_the_form()
        token = stranger.page.locator("[name=csrfmiddlewaretoken]")
        tokens.add(token.input_value())
        stranger.submit_button.click()
        stranger.page.wait_for_url("**/paiement/**")
        watcher.note("order form")
        complaints.append(watcher.complaints)

    assert complaints == [{}, {}]
    assert len(tokens) == 2
    assert Order.objects.count() == 2
