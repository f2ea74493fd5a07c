"""A served shop, a browser on it, and what goes wrong in that browser."""

import re
from contextlib import ExitStack

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
)
from pytest_django import Settings

from orders.access import COOKIE, access_token
from orders.models import Order
from tests.browser.customer import Customer
from tests.sandbox_process import SandboxProcess

# Tall enough for the whole payment page (tests/browser/conftest.py says why).
DESK = {"width": 1280, "height": 1600}
# What the browser writes of each answer that is not good: the answers tell more.
NO_NEWS = "Failed to load resource"
# A page that is left takes its questions with it.
LEFT = "net::ERR_ABORTED"
HTML = "text/html; charset=utf-8"


class Stage:
    """What a state is arranged with. Ours alone is watched, not Stripe's."""

    def __init__(
        self,
        browser: Browser,
        shop_url: str,
        sandbox: SandboxProcess,
        settings: Settings,
        *,
        language: str,
        has_script: bool,
    ) -> None:
        self.shop_url = shop_url
        self.sandbox = sandbox
        self.settings = settings
        self.complaints: list[str] = []
        self._browser = browser
        self._has_script = has_script
        self._closing = ExitStack()
        self.context = _context(browser, language, has_script)
        self._closing.callback(self.context.close)
        self.page = self.context.new_page()
        self.customer = Customer(self.page, shop_url)
        # Where the picture begins; most begin at the top.
        self.shown_from = "body"
        # An address of ours that answers with an error, which is the state itself.
        self.refused = "-"
        # What the address that is shown answered with.
        self.status = 200
        self._listen(self.page)

    def go(self, address: str) -> None:
        self.page.goto(self.shop_url + address)

    def sign_in(self, order: Order) -> None:
        """As the link of a mail does."""
        cookie = {"name": COOKIE, "value": access_token(order), "url": self.shop_url}
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def page_for_scripts(self) -> Page:
        """This page; where its scripts are off, a copy that axe can run in."""
        if self._has_script:
            return self.page
        html = re.sub(r"(?s)</?noscript>|<script.*?</script>", "", self.page.content())
        copy = self._browser.new_page(reduced_motion="reduce")
        copy.route(
            self.page.url, lambda route: route.fulfill(body=html, content_type=HTML)
        )
        copy.goto(self.page.url)
        self._closing.callback(copy.close)
        return copy

    def close(self) -> None:
        self._closing.close()

    def _listen(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._note)
        page.on("requestfailed", self._miss)

    def _hear(self, message: ConsoleMessage) -> None:
        """A violation of the policy is an error in the console too."""
        is_ours = message.type == "error" or self._is_ours(message.location["url"])
        if message.type not in ("error", "warning") or NO_NEWS in message.text:
            return
        if is_ours:
            self.complaints.append(f"console: {message.text}")

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request():
            if response.frame == self.page.main_frame:
                self.status = response.status
        elif response.status >= 400 and self._is_ours(response.url):
            if response.url.endswith(self.refused):
                return
            self.complaints.append(f"{response.status} {response.url}")

    def _miss(self, request: Request) -> None:
        if self._is_ours(request.url) and request.failure != LEFT:
            self.complaints.append(f"{request.failure} {request.url}")

    def _is_ours(self, address: str) -> bool:
        return address.startswith(self.shop_url)


def _context(browser: Browser, language: str, has_script: bool) -> BrowserContext:
    context = browser.new_context(
        locale={"fr": "fr-FR", "en": "en-GB"}[language],
        viewport=DESK,  # type: ignore[arg-type]
        java_script_enabled=has_script,
        # A picture of a movement is another one each time.
        reduced_motion="reduce",
        color_scheme="light",
    )
    context.set_default_timeout(10_000)
    return context
