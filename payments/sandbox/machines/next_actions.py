"""What a buyer must do next: authenticate, or go to a bank's page and come back."""

from typing import Protocol
from urllib.parse import quote

from payments.sandbox.ids import new_id
from payments.sandbox.store import Json


class Said(Protocol):
    """The parts of a confirmation that matter here."""

    @property
    def by_browser(self) -> bool: ...
    @property
    def origin(self) -> str: ...
    @property
    def return_url(self) -> str | None: ...
    @property
    def use_stripe_sdk(self) -> bool: ...


def ask_for_three_ds(intent: Json, said: Said) -> Json:
    """For Stripe.js a dialog; for a server that gave a return_url, a page."""
    if said.return_url and not (said.by_browser or said.use_stripe_sdk):
        return ask_for_redirect(intent, said)
    return {
        "type": "use_stripe_sdk",
        "use_stripe_sdk": {
            "type": "three_d_secure_redirect",
            "stripe_js": _page("3ds", intent, said),
            "source": new_id("src"),
            "known_frame_issues": "false",
        },
    }


def ask_for_redirect(intent: Json, said: Said) -> Json:
    return {
        "type": "redirect_to_url",
        "redirect_to_url": {
            "return_url": said.return_url,
            "url": _page("redirect", intent, said),
        },
    }


def _page(name: str, intent: Json, said: Said) -> str:
    secret = quote(intent["client_secret"])
    return f"{said.origin}/_/{name}/{intent['id']}?client_secret={secret}"
