"""A small merchant's shop in a real browser, with a Payment Element of the sandbox."""

from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar, cast
from urllib.parse import parse_qs, urlencode, urlsplit

import stripe
from playwright.sync_api import FrameLocator, Locator, Page
from stripe.params import PaymentIntentCreateParams

from tests.sandbox_process import SandboxProcess

PAGE = Path(__file__).with_name("shop_page.html").read_bytes()
SECRET_KEY = "sk_test_123456789012345678901234"


class ShopHandler(BaseHTTPRequestHandler):
    """Answers every address with the shop's page and remembers what it was asked.

    `?policy=…` is the page's content security policy.
    """

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        for policy in parse_qs(urlsplit(self.path).query).get("policy", []):
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


class Checkout:
    """What a person and a merchant do on the page, and what came of it."""

    def __init__(self, page: Page, shop: str, sandbox: SandboxProcess) -> None:
        self.page = page
        self.shop = shop
        self.sandbox = sandbox
        self.api = stripe.StripeClient(
            SECRET_KEY, base_addresses={"api": sandbox.url}
        ).v1

    def visit(self, *, script: str = "/stripe.js", policy: str = "") -> None:
        """Open the shop's page and load Stripe.js."""
        query = f"?{urlencode({'policy': policy})}" if policy else ""
        self.page.goto(self.shop + query)
        self.page.add_script_tag(url=self.sandbox.url + script)

    def intent(self, **params: Any) -> stripe.PaymentIntent:
        """Create an intent of 79 €, for any payment method unless told otherwise."""
        if "allowed_payment_method_types" not in params:
            params["automatic_payment_methods"] = {"enabled": True}
        asked = {"amount": 7900, "currency": "eur"} | params
        return self.api.payment_intents.create(cast(PaymentIntentCreateParams, asked))

    def open(
        self,
        intent: stripe.PaymentIntent | None = None,
        *,
        group: dict[str, Any] | None = None,
        element: dict[str, Any] | None = None,
    ) -> stripe.PaymentIntent:
        """Open the page with a Payment Element on it, and wait until it has loaded."""
        intent = intent or self.intent(allowed_payment_method_types=["card"])
        self.visit()
        self.start(intent, group=group, element=element)
        self.wait_for("ready")
        return intent

    def start(
        self,
        intent: stripe.PaymentIntent,
        *,
        group: dict[str, Any] | None = None,
        element: dict[str, Any] | None = None,
    ) -> None:
        self.page.evaluate(
            "([secret, group, element]) => start(secret, group, element)",
            [intent.client_secret, group or {}, element or {}],
        )

    @property
    def form(self) -> FrameLocator:
        """The inside of the Payment Element."""
        return self.page.frame_locator("#payment iframe")

    @property
    def bank(self) -> FrameLocator:
        """The inside of the 3-D Secure dialog."""
        return self.page.frame_locator("dialog iframe")

    def field(self, label: str) -> Locator:
        return self.form.get_by_label(label)

    def fill_card(
        self, number: str = "4242424242424242", expiry: str = "1240", cvc: str = "123"
    ) -> None:
        self.field("Numéro de carte").fill(number)
        self.field("Date d'expiration").fill(expiry)
        self.field("CVC").fill(cvc)

    def begin_to_pay(self, **options: Any) -> None:
        """Do what the pay button does, without waiting for the end."""
        self.page.evaluate("options => { pay(options) }", options)

    def outcome(self) -> Any:
        """Wait for what the merchant's code got in the end."""
        self.page.wait_for_function("outcome")
        return self.page.evaluate("outcome")

    def pay(self, **options: Any) -> Any:
        self.begin_to_pay(**options)
        return self.outcome()

    def wait_for(self, event: str) -> dict[str, Any]:
        """Wait for an event of the Element and return the last one of that name."""
        seen = "seen.filter(({name}) => name === event)"
        self.page.wait_for_function(f"event => {seen}.length > 0", arg=event)
        found: dict[str, Any] = self.page.evaluate(f"event => {seen}.pop()", event)
        return found

    def events(self) -> list[str]:
        """Return the names of the Element's events so far, in order."""
        names: list[str] = self.page.evaluate("seen.map(({name}) => name)")
        return names

    def evaluate(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def thrown_by(self, script: str) -> str:
        """Run a merchant's mistake and return "Name: message" of what it throws."""
        run = f"async () => {{ try {{ {script} }} catch (e) {{ return String(e) }} }}"
        return str(self.page.evaluate(run))

    def status(self, intent: stripe.PaymentIntent) -> str:
        return str(self.api.payment_intents.retrieve(intent.id).status)
