"""What a customer does in the browser, in the words of the page."""

import re
from uuid import UUID

from playwright.sync_api import FrameLocator, Locator, Page, expect

PAY = re.compile(r"Payer\s")
GOOD_CARD = "4242424242424242"
TWO_FRAMES = (
    "() => new Promise((done) => "
    "requestAnimationFrame(() => requestAnimationFrame(done)))"
)


class Customer:
    def __init__(self, page: Page, shop_url: str) -> None:
        self.page = page
        self.shop_url = shop_url

    def fill_in_the_form(self, service: str = "premium") -> None:
        """Choose Camille, answer what must be answered."""
        page = self.page
        page.goto(f"{self.shop_url}/commande/?service={service}&expert=camille-aubry")
        page.get_by_label("Prénom").fill("Alice")
        page.get_by_label("Nom", exact=True).fill("Martin")
        page.get_by_label("Adresse e-mail").fill("alice@example.org")
        page.get_by_label("Votre question").fill("Où aller ?")

    def order(self, service: str = "premium") -> UUID:
        """Place an order; the browser is on its payment page afterwards."""
        self.fill_in_the_form(service)
        self.submit_button.click()
        self.page.wait_for_url("**/paiement/**")
        return UUID(self.page.url.rstrip("/").rsplit("/", 1)[1])

    @property
    def submit_button(self) -> Locator:
        return self.page.locator("[data-order-form] button[type=submit]")

    @property
    def payment_form(self) -> Locator:
        return self.page.locator("[data-payment]")

    @property
    def card_frame(self) -> FrameLocator:
        return self.page.frame_locator("[data-payment-element] iframe")

    def wait_until(self, state: str) -> None:
        """Until the payment page is ready, processing, error…"""
        expect(self.payment_form).to_have_attribute("data-state", state)

    def enter_card(self, number: str = GOOD_CARD) -> None:
        self.wait_until("ready")
        frame = self.card_frame
        frame.get_by_label("Numéro de carte").fill(number)
        frame.get_by_label("Date d'expiration").fill("12 / 34")
        frame.get_by_label("CVC").fill("123")

    @property
    def pay_button(self) -> Locator:
        return self.payment_form.get_by_role("button", name=PAY)

    def pay(self, number: str = GOOD_CARD) -> None:
        self.enter_card(number)
        self.pay_button.scroll_into_view_if_needed()
        # Headless Chromium still takes Stripe's frame to be where it was before the
        # scroll, and would give it the click; two frames later it knows.
        self.page.evaluate(TWO_FRAMES)
        self.pay_button.click()

    def sees_confirmed(self) -> None:
        self.page.wait_for_url("**/confirmation?order_id=*")
        expect(self.page.locator("[data-outcome]")).to_have_attribute(
            "data-outcome", "paid"
        )

    def sees_error(self, sentence: str) -> None:
        expect(self.page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()

    def bank(self) -> FrameLocator:
        """The 3-D Secure dialog of the customer's bank."""
        return self.page.frame_locator("iframe[src*='/_/3ds/']")
