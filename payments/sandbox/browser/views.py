"""Serves the stand-in for Stripe.js: its script, its frames and their assets."""

from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import (
    xframe_options_deny,
    xframe_options_exempt,
)
from django.views.decorators.http import require_safe

from payments.sandbox.browser.bundle import bundle

_ASSETS = Path(__file__).parent / "assets"
_PAGES = ["payment", "express-checkout", "three-d-secure", "redirect", "wallet"]
# The sandbox is one origin: a card number typed into a frame can go nowhere else.
# A merchant's own fonts (elements option `fonts`) are the one thing from outside.
_FRAME_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self' http: https:",
        "font-src http: https: data:",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)


@cache
def _script(entry: str) -> str:
    return bundle(_ASSETS, entry)


@cache
def _assets() -> dict[str, tuple[str, str]]:
    """Return what pages may ask for, by path: stylesheets, and a script per page."""
    styles = {
        f"css/{file.name}": (file.read_text(encoding="utf-8"), "text/css")
        for file in (_ASSETS / "css").glob("*.css")
    }
    scripts = {
        f"frames/{page}.js": (_script(f"frames/{page}.js"), "text/javascript")
        for page in _PAGES
    }
    return styles | scripts


def _answer(body: str, content_type: str) -> HttpResponse:
    """Return a response that is read again after each restart of the sandbox."""
    response = HttpResponse(body, content_type=f"{content_type}; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _page(page: str) -> HttpResponse:
    """Return the document whose module is `frames/<page>.js`."""
    html = render_to_string("sandbox_browser/page.html", {"page": page})
    response = _answer(html, "text/html")
    response["Content-Security-Policy"] = _FRAME_POLICY
    # The address carries a client secret; it must not travel in a Referer.
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def stripe_js(request: HttpRequest) -> HttpResponse:
    """Serve the script that defines `window.Stripe`."""
    response = _answer(_script("page/main.js"), "text/javascript")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponse:
    """Serve one of our scripts or stylesheets; anything else is a 404."""
    try:
        body, content_type = _assets()[name]
    except KeyError:
        raise Http404(name) from None
    return _answer(body, content_type)


@require_safe
@xframe_options_exempt
def frame(request: HttpRequest, page: str, intent: str = "") -> HttpResponse:
    """Serve a document that only ever lives in a frame of the merchant's page."""
    return _page(page)


@require_safe
@xframe_options_deny
def redirect_page(request: HttpRequest, intent: str) -> HttpResponse:
    """Serve the bank's page of a redirect method, which is never in a frame."""
    return _page("redirect")
