"""Serves the panel's page, its scripts and its styles."""

from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.decorators.http import require_safe

_ASSETS = Path(__file__).parent / "assets"
_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# The panel can do everything to the sandbox: nothing from elsewhere may run in it.
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)


@require_safe
@xframe_options_deny
def page(request: HttpRequest) -> HttpResponse:
    """The one document. Which part of it shows stands behind the address's `#`."""
    response = _answer("index.html")
    response["Content-Security-Policy"] = _POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A script, a style or a picture; anything else is a 404."""
    if name not in _assets():
        raise Http404(name)
    return _answer(name)


@cache
def _assets() -> dict[str, bytes]:
    """Every file by its path below `assets/`."""
    return {
        file.relative_to(_ASSETS).as_posix(): file.read_bytes()
        for file in _ASSETS.rglob("*")
        if file.suffix in _CONTENT_TYPES
    }


def _answer(name: str) -> HttpResponse:
    response = HttpResponse(
        _assets()[name], content_type=_CONTENT_TYPES[Path(name).suffix]
    )
    # After a restart the sandbox may be another version.
    response["Cache-Control"] = "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response
