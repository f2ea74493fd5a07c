"""The files of production do what the sources do, which all other tests are served."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.customer import Customer
from tests.browser.test_paying import GENERIC_DECLINE
from tests.browser.violations import Watcher

pytestmark = pytest.mark.django_db(transaction=True)

# Every element, as the browser means to draw it. The tokens themselves may be spelled
# differently: 0.5rem and .5rem; and nothing is as far from an edge in % as in px.
LOOKS = """
() => [...document.querySelectorAll("body *")].map((element) => {
  const style = getComputedStyle(element);
  const values = [...style]
    .filter((name) => !name.startsWith("--"))
    .map((name) => `${name}: ${style.getPropertyValue(name)}`.replace(/\\b0%/g, "0px"));
  return `${element.tagName} ${element.className} ${values.join("; ")}`;
})
"""


def test_an_order_is_placed_and_paid_with_the_bundled_scripts(
    built_shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    customer = Customer(open_page(), built_shop.url)
    watcher = Watcher(customer.page)

    customer.order()
    customer.pay(GENERIC_DECLINE)
    customer.sees_error("Votre carte a été refusée.")
    watcher.note("payment")
    customer.pay()
    customer.sees_confirmed()
    watcher.note("confirmation")

    assert watcher.complaints == {}


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("address", ["/", "/commande/", "/confidentialite/"])
def test_a_page_looks_the_same_with_the_bundled_sheet(
    live_server: LiveServer,
    catalogue: None,
    open_page: Callable[..., Page],
    request: pytest.FixtureRequest,
    address: str,
    night: bool,
) -> None:
    page = open_page(color_scheme="dark" if night else "light", reduced_motion="reduce")

    def looks(shop: LiveServer) -> list[str]:
        page.goto(shop.url + address)
        page.evaluate("document.fonts.ready.then(() => true)")
        return [str(look) for look in page.evaluate(LOOKS)]

    of_sources = looks(live_server)
    # Only now: both are the same shop, and its templates name the one or the other.
    of_bundle = looks(request.getfixturevalue("built_shop"))

    assert len(of_sources) > 50
    assert of_bundle == of_sources
