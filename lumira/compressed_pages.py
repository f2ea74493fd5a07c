"""Pages travel compressed, where nothing can be guessed from their size."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from lumira.for_pages import API

# A portrait would grow.
TEXTS = ("text/", "application/xml", "application/json")


class CompressedPages(GZipMiddleware):
    """Middleware: gzip for what an address alone leads to.

    The size of a compressed page tells whether a guess that was smuggled into its
    address stands in it already (BREACH, https://www.breachattack.com). So what is
    personal (`no-store`) and may owe something to a cookie stays as it is, like the
    admin and what answers a form. Without such a cookie, whoever can make a browser
    ask for a page can read it himself. The forms' token is masked anew by Django each
    time, and lies uncompressed in a kept form (lumira/kept_forms.py).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if _holds_no_secret(request, response):
            return super().process_response(request, response)
        return response


def _holds_no_secret(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.method not in ("GET", "HEAD"):
        return False
    # What the API says of an order fits into one packet as it is.
    if request.path_info.startswith(("/admin/", API)):
        return False
    if not response.get("Content-Type", "").startswith(TEXTS):
        return False
    impersonal = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    kept = response.get("Cache-Control", "")
    is_public = "no-store" not in kept and "private" not in kept
    return is_public or request.COOKIES.keys() <= impersonal
