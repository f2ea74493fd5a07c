"""The payment page: coming, there, refused, asked for by the bank, not coming."""

from playwright.sync_api import Route, expect

from orders.models import Order, Service
from tests.browser.test_paying import NO_FUNDS
from tests.browser.test_payment_states import PASS_THE_TIME, STRIPE_JS
from tests.browser.test_three_d_secure import ASKS
from tests.limits.shopping import decline
from tests.screens.invented import claires_order, claires_payment, long_order
from tests.screens.stage import Stage
from tests.screens.state import Group

GROUP = Group("The payment")


def never(route: Route) -> None:
    """No answer, as long as the page is open."""


def open_page(stage: Stage, order: Order) -> None:
    stage.go(f"/paiement/{order.pk}/")


@GROUP.state("The card form is coming")
def pay_coming(stage: Stage) -> None:
    stage.page.route(STRIPE_JS, never)
    order = claires_order()
    address = f"{stage.shop_url}/paiement/{order.pk}/"
    stage.page.goto(address, wait_until="domcontentloaded")
    expect(stage.customer.payment_form).to_have_attribute("data-state", "initializing")


@GROUP.state("Ready", by_night=True)
def pay(stage: Stage) -> None:
    open_page(stage, claires_order())
    stage.customer.wait_until("ready")


@GROUP.state("Ready, in English", language="en")
def pay_english(stage: Stage) -> None:
    open_page(stage, claires_order(language="en"))
    stage.customer.wait_until("ready")


@GROUP.state("A subscription")
def pay_subscription(stage: Stage) -> None:
    integral = Service.objects.get(slug="integral")
    open_page(stage, claires_order(service=integral))
    stage.customer.wait_until("ready")


@GROUP.state("With texts that are far too long")
def pay_long(stage: Stage) -> None:
    open_page(stage, long_order())
    stage.customer.wait_until("ready")


@GROUP.state("The card was refused")
def pay_declined(stage: Stage) -> None:
    open_page(stage, claires_order())
    stage.customer.pay(NO_FUNDS)
    stage.customer.sees_error("Fonds insuffisants")


@GROUP.state("The last try was refused")
def pay_again(stage: Stage) -> None:
    order = claires_order()
    decline(stage.sandbox, order, times=1)
    open_page(stage, order)
    stage.customer.wait_until("ready")


@GROUP.state("The order had expired")
def pay_reopened(stage: Stage) -> None:
    order = claires_order(status="failed")
    claires_payment(order, status="cancelled")
    open_page(stage, order)
    stage.customer.wait_until("ready")


@GROUP.state("The payment is under way")
def pay_under_way(stage: Stage) -> None:
    open_page(stage, claires_order())
    stage.customer.enter_card()
    stage.page.route("**/v1/payment_intents/*/confirm*", never)
    stage.customer.pay_button.click()
    stage.customer.wait_until("processing")
    stage.page.evaluate(PASS_THE_TIME, "payment-patience")


@GROUP.state("The bank asks back")
def pay_bank(stage: Stage) -> None:
    open_page(stage, claires_order())
    stage.customer.pay(ASKS)
    allow = stage.customer.bank().get_by_role("button", name="Autoriser le paiement")
    expect(allow).to_be_visible()


@GROUP.state("Stripe’s script is blocked")
def pay_blocked(stage: Stage) -> None:
    stage.page.route(STRIPE_JS, lambda route: route.abort())
    open_page(stage, claires_order())
    stage.customer.sees_error("ne s’est pas ouvert")


@GROUP.state("Stripe is down")
def pay_unreachable(stage: Stage) -> None:
    stage.refused = "/create-payment-intent"
    stage.sandbox.fault("503", route="POST /v1/payment_intents", count=9)
    open_page(stage, claires_order())
    stage.customer.sees_error("Votre commande est conservée")


@GROUP.state("Without a script", has_script=False)
def pay_no_script(stage: Stage) -> None:
    open_page(stage, claires_order())


@GROUP.state("Too many cards were refused", status=429)
def pay_resting(stage: Stage) -> None:
    order = claires_order()
    decline(stage.sandbox, order, times=5)
    open_page(stage, order)
