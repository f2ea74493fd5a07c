"""What the pages may weigh. Counted, not timed: the same on every machine.

A number that grew on purpose is written here anew; docs/performance.md says what a
visitor gets for it.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from orders.access import COOKIE, access_token
from orders.demo.catalogue import load_experts, load_services
from orders.models import Order
from tests.budgets.visit import Visit, visit
from tests.factories.orders import make_order
from tests.factories.work import make_delivered_order

pytestmark = pytest.mark.django_db(transaction=True)

Look = Callable[..., Visit]

# Of a first visit, in bytes as sent, without pictures; and the requests that come
# before Stripe.js. Fonts are the same three files everywhere.
MOST_BYTES, MOST_REQUESTS = 100_000, 6
#            html     css     js
TABLE = {
    "home": (12_000, 14_000, 3_000),
    "expert": (12_000, 14_000, 3_000),
    "order form": (12_000, 14_000, 7_000),
    "payment": (12_000, 14_000, 7_000),
    "confirmation": (9_000, 14_000, 4_000),
    "my orders": (14_000, 14_000, 2_000),
}
MOST_FONTS = 58_500


@pytest.fixture
def look(built_shop: LiveServer, browser: Browser, settings: Settings) -> Look:
    """look(address): visit a page of the shop with the demo's whole catalogue."""
    load_services()
    load_experts()

    def look(address: str, *, cookie: dict[str, str] | None = None) -> Visit:
        address = built_shop.url + address
        stripe_js = settings.STRIPE_JS_URL
        return visit(browser, address, stripe_js=stripe_js, cookie=cookie or {})

    return look


def judge(name: str, seen: Visit) -> None:
    html, css, js = TABLE[name]

    assert seen.bytes["html"] <= html
    assert seen.bytes["css"] <= css
    assert seen.bytes["js"] <= js
    assert seen.bytes["fonts"] <= MOST_FONTS
    assert seen.bytes.total() <= MOST_BYTES
    assert len(seen.asked) <= MOST_REQUESTS, seen.asked


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("home", "/"),
        ("expert", "/experts/camille-aubry/"),
        ("order form", "/commande/?service=premium"),
    ],
)
def test_a_page_for_everybody_keeps_its_budget(
    look: Look, name: str, address: str
) -> None:
    seen = look(address)

    judge(name, seen)


def test_the_payment_keeps_its_budget(look: Look) -> None:
    order = make_order(status="pending")

    seen = look(f"/paiement/{order.pk}/")

    judge("payment", seen)


@pytest.mark.parametrize("status", ["pending", "paid"])
def test_the_confirmation_keeps_its_budget(look: Look, status: str) -> None:
    order = make_order(status=status)

    seen = look(order.get_absolute_url())

    judge("confirmation", seen)


def test_my_orders_keep_their_budget(look: Look) -> None:
    order: Order = make_delivered_order()
    cookie = {"name": COOKIE, "value": access_token(order)}

    seen = look("/commandes/", cookie=cookie)

    judge("my orders", seen)
