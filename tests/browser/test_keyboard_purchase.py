"""A first-time visitor pays in under a minute, and never touches a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from orders.models import Order
from tests.browser.customer import GOOD_CARD, Customer
from tests.browser.keyboard import Keyboard
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db(transaction=True)

# A scroll that glides is still under way when one asks what is to be seen.
AT_ONCE = {"reduced_motion": "reduce"}
# Counted, not measured: a busy machine is no slow customer. Somebody who types thirty
# words a minute needs 400 ms for a letter; to press Tab once more, half of it.
STEP_S = 0.2
LETTER_S = 0.4
# To see where one is, on each of the four pages.
LOOK_S = 2
PAGES = 4
MOST_STEPS = 40

# The name of a field, where a link leads in the page, or what it is.
STOP = """() => {
  const { name, hash, type, tagName } = document.activeElement;
  return name || hash || (type === "submit" ? type : tagName.toLowerCase());
}"""


def buys(keyboard: Keyboard, shop_url: str) -> None:
    """From the home page to the confirmation."""
    page = keyboard.page
    page.goto(shop_url)
    keyboard.tabs_to("header a[href='/commande/']")
    keyboard.press("Enter")
    page.wait_for_url("**/commande/")

    keyboard.tabs_to("[name=service]")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowUp")
    keyboard.tabs_to("[name=expert]")
    keyboard.press("Space")
    keyboard.tabs_to("[name=specific_question]")
    keyboard.types("Dois-je accepter ce poste ?")
    keyboard.tabs_to("[name=first_name]")
    keyboard.types("Alice")
    keyboard.press("Enter")
    keyboard.types("Martin")
    keyboard.press("Enter")
    keyboard.types("alice@example.org")
    keyboard.press("Enter")
    page.wait_for_url("**/paiement/**")

    Customer(page, shop_url).wait_until("ready")
    keyboard.tabs_to("[autocomplete$=cc-number]")
    keyboard.types(GOOD_CARD)
    keyboard.tabs_to("[autocomplete$=cc-exp]")
    keyboard.types("1234")
    keyboard.tabs_to("[autocomplete$=cc-csc]")
    keyboard.types("123")
    keyboard.tabs_to("[data-payment-submit]")
    keyboard.press("Enter")
    Customer(page, shop_url).sees_confirmed()


@pytest.mark.parametrize(
    "viewport", [{"width": 1280, "height": 900}, {"width": 640, "height": 450}]
)
def test_a_first_time_visitor_pays_in_under_a_minute_with_the_keyboard(
    shop: LiveServer,
    catalogue: None,
    sandbox: SandboxProcess,
    open_page: Callable[..., Page],
    viewport: dict[str, int],
) -> None:
    """The smaller window is the larger one at 200 %."""
    keyboard = Keyboard(open_page(viewport=viewport, **AT_ONCE))

    buys(keyboard, shop.url)

    sandbox.wait_until_idle()
    assert Order.objects.get().is_paid
    assert keyboard.steps <= MOST_STEPS
    seconds = keyboard.steps * STEP_S + keyboard.letters * LETTER_S + PAGES * LOOK_S
    assert seconds < 60


def test_tab_goes_through_the_form_as_the_eye_does(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    page = open_page(**AT_ONCE)
    page.goto(f"{shop.url}/commande/?service=premium&expert=camille-aubry")
    page.get_by_label("Par WhatsApp").check()
    page.locator("main").focus()
    keyboard = Keyboard(page)
    stops: list[str] = []

    while not stops or stops[-1] != "submit":
        keyboard.tabs_to("main *")
        stops.append(page.evaluate(STOP))

    links = ["#id_service", "#id_expert", "#part-question", "#part-person"]
    assert [stop for stop in stops if stop != "a"] == [
        "service",
        "expert",
        "specific_question",
        *["summary"] * 3,
        "first_name",
        "last_name",
        "email",
        "delivery_format",
        "phone",
        "audio_voice",
        *links,
        "submit",
    ]


def test_a_mistake_is_found_and_mended_without_a_mouse(
    shop: LiveServer, catalogue: None, open_page: Callable[..., Page]
) -> None:
    page = open_page(**AT_ONCE)
    page.goto(f"{shop.url}/commande/?service=premium&expert=camille-aubry")
    page.get_by_label("Votre question").fill("Où aller ?")
    keyboard = Keyboard(page)
    keyboard.tabs_to("[data-order-form] button[type=submit]")
    keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()

    keyboard.tabs_to("[href='#id_first_name']")
    keyboard.press("Enter")

    expect(page.get_by_label("Prénom")).to_be_focused()
