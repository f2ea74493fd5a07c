"""What a first visit to a page downloads, counted in a real Chromium."""

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Request

KINDS = {"document": "html", "stylesheet": "css", "script": "js", "font": "fonts"}
# The browser asks for them when the page is long there.
LATER = ("favicon", "manifest", "apple-touch-icon")


@dataclass
class Visit:
    """Bytes of the bodies as they were sent, and what was asked for before Stripe.js.

    Without pictures: they come when they are scrolled to.
    """

    bytes: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)


def visit(
    browser: Browser, address: str, *, stripe_js: str, cookie: dict[str, str]
) -> Visit:
    """Load the page in a browser that has never been in the shop."""
    requests: list[Request] = []
    with browser.new_context(locale="fr-FR") as context:
        if cookie:
            context.add_cookies([{**cookie, "url": address}])  # type: ignore[typeddict-item]
        page = context.new_page()
        page.on("request", lambda request: _note(requests, request))
        answer = page.goto(address, wait_until="load")
        assert answer is not None
        assert answer.ok, address
        page.evaluate("document.fonts.ready.then(() => true)")
        return _summed_up(requests, stripe_js)


def _note(requests: list[Request], request: Request) -> None:
    """Not what Stripe's frames ask us for: their font, when it happens to come."""
    if request.frame.parent_frame is None:
        requests.append(request)


def _summed_up(requests: list[Request], stripe_js: str) -> Visit:
    found = Visit()
    our_site = requests[0].url.split("/", 3)[:3]
    addresses = [request.url for request in requests]
    at_stripe = addresses.index(stripe_js) if stripe_js in addresses else None
    for place, request in enumerate(requests):
        kind = KINDS.get(request.resource_type)
        if request.url.split("/", 3)[:3] != our_site or kind is None:
            continue
        response = request.response()
        assert response is not None
        assert response.ok, request.url
        response.finished()
        found.bytes[kind] += request.sizes()["responseBodySize"]
        if (at_stripe is None or place < at_stripe) and not any(
            name in request.url for name in LATER
        ):
            found.asked.append(request.url)
    return found
