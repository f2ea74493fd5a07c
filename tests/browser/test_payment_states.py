"""The payment page when something does not come: it says so, and the order is kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from orders.models import Order
from tests.browser.customer import Customer
from tests.factories.orders import make_order
from tests.factories.payments import make_payment

pytestmark = pytest.mark.django_db(transaction=True)

STRIPE_JS = "**/stripe.js"
BLOCKED = "Le formulaire de carte, qui vient de Stripe, ne s’est pas ouvert."
OFFLINE = "Vous êtes hors ligne. Le formulaire s’ouvrira"
SLOW = "Cela prend plus de temps que d’habitude."
PASS_THE_TIME = """name => document.getAnimations()
  .filter(one => one.animationName === name).forEach(one => one.finish())"""


def address(customer: Customer, order: Order) -> str:
    return f"{customer.shop_url}/paiement/{order.pk}/"


def never(route: Route) -> None:
    """No answer, as long as the page is open."""


def test_a_blocked_card_form_is_said_and_opened_on_a_second_try(
    customer: Customer,
) -> None:
    order = make_order()
    customer.page.route(STRIPE_JS, lambda route: route.abort())
    customer.page.goto(address(customer, order))
    customer.sees_error(BLOCKED)
    expect(customer.page.locator("[data-payment-error]")).to_be_focused()

    customer.page.unroute(STRIPE_JS)
    customer.page.get_by_role("button", name="Réessayer").click()

    customer.pay()
    customer.sees_confirmed()


def test_while_stripe_is_slow_the_page_says_so_and_has_a_way_on(
    customer: Customer,
) -> None:
    customer.page.route(STRIPE_JS, never)
    customer.page.goto(address(customer, make_order()), wait_until="domcontentloaded")
    expect(customer.payment_form).to_have_attribute("data-state", "initializing")
    expect(customer.page.get_by_text(SLOW)).not_to_be_visible()

    customer.page.evaluate(PASS_THE_TIME, "payment-patience")

    expect(customer.page.get_by_text(SLOW)).to_be_visible()
    expect(customer.page.get_by_role("link", name="Recharger la page")).to_be_visible()


def test_the_slow_text_comes_even_if_our_script_never_does(customer: Customer) -> None:
    customer.page.route("**/js/pages/pay*.js", lambda route: route.abort())
    customer.page.goto(address(customer, make_order()))

    customer.page.evaluate(PASS_THE_TIME, "payment-patience")

    expect(customer.page.get_by_text(SLOW)).to_be_visible()


def test_offline_is_said_and_the_form_opens_by_itself_when_the_line_is_back(
    customer: Customer,
) -> None:
    page = customer.page
    page.route(STRIPE_JS, never)
    page.goto(address(customer, make_order()), wait_until="domcontentloaded")
    page.context.set_offline(True)
    page.unroute(STRIPE_JS)  # which lets it go on, into nothing
    customer.sees_error(OFFLINE)

    page.context.set_offline(False)

    customer.wait_until("ready")
    expect(page.get_by_text("La connexion est revenue.")).to_be_visible()


def test_while_the_bank_takes_its_time_the_page_stays_reassuring(
    customer: Customer,
) -> None:
    customer.page.goto(address(customer, make_order()))
    customer.enter_card()
    customer.page.route("**/v1/payment_intents/*/confirm*", never)
    customer.pay_button.click()
    customer.wait_until("processing")

    customer.page.evaluate(PASS_THE_TIME, "payment-patience")

    waiting = customer.page.get_by_text("rien ne sera débité deux fois")
    expect(waiting).to_be_visible()


def test_the_last_refusal_is_told_before_the_next_try(customer: Customer) -> None:
    order = make_order(status="failed")
    make_payment(
        order=order,
        status="failed",
        failure_code="card_declined",
        decline_code="insufficient_funds",
    )

    customer.page.goto(address(customer, order))

    told = customer.page.get_by_role("status").filter(has_text="Fonds insuffisants")
    expect(told).to_be_visible()


def test_without_a_script_the_page_explains_and_shows_no_form(
    catalogue: None, shop: LiveServer, open_page: Callable[..., Page]
) -> None:
    customer = Customer(open_page(java_script_enabled=False), shop.url)

    customer.page.goto(address(customer, make_order()))

    expect(customer.page.locator("noscript .alert")).to_be_visible()
    expect(customer.payment_form).not_to_be_visible()
    expect(customer.page.get_by_text("79,00").first).to_be_visible()
