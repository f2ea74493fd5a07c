"""What the pages that meet Stripe in the browser may do, and no other page may."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from lumira.protective_headers import permissions_policy

View = Callable[..., HttpResponse]

# https://docs.stripe.com/security/guide#content-security-policy
STRIPE_JS = "https://js.stripe.com"
SCRIPTS = [STRIPE_JS, "https://*.js.stripe.com"]
FRAMES = [*SCRIPTS, "https://hooks.stripe.com"]  # 3-D Secure
CALLS = ["https://api.stripe.com"]
PICTURES = ["https://*.stripe.com"]
PAGES = ["https://*.stripe.com"]  # an invoice's PDF
LINK = ["https://link.com", "https://*.link.com"]


def takes_cards(view: View) -> View:
    """The page loads Stripe.js, which puts frames into it; in them a bank may ask."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        hosts = _sandbox()
        frames = hosts or FRAMES + LINK
        response._csp_update = {  # type: ignore[attr-defined]
            "script-src": hosts or SCRIPTS,
            "frame-src": frames,
            "connect-src": hosts or CALLS + LINK,
            "img-src": hosts or PICTURES + LINK,
        }
        # Stripe.js is not written for them.
        response._csp_replace = {  # type: ignore[attr-defined]
            "require-trusted-types-for": None,
            "trusted-types": None,
        }
        response["Permissions-Policy"] = permissions_policy(
            {"payment": frames, "publickey-credentials-get": frames}
        )
        # Some banks and wallets open a window, and tell the page how it went.
        response["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
        return response

    return answered


def leads_to_stripe(view: View) -> View:
    """A form of the page is answered by a redirect to Stripe."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response._csp_update = {  # type: ignore[attr-defined]
            "form-action": _sandbox() or PAGES
        }
        return response

    return answered


def _sandbox() -> list[str]:
    """Where a stand-in for Stripe is; empty when it is Stripe itself."""
    addresses = (settings.STRIPE_JS_URL, settings.STRIPE_API_BASE)
    origins = {_origin(address) for address in addresses if address}
    return sorted(origins) if origins - {STRIPE_JS, *CALLS} else []


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
