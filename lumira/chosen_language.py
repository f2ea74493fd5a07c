"""`?lang=en`: every page has an address in each language, and a choice is kept."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]

PARAMETER = "lang"
# What opens something for whoever holds it is not written into a link.
SECRETS = {"lien", "payment_intent_client_secret", "setup_intent_client_secret"}
DECIDED_BY = ("Accept-Language", "Cookie")


def language_by_link(get_response: Answer) -> Answer:
    """Middleware: speaks the language that the address names, and remembers it.

    A plain link is enough for that. The cookie is a preference of the browser's:
    nothing of ours changes.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.GET.get(PARAMETER, "")
        if chosen not in dict(settings.LANGUAGES):
            return _varied(get_response(request))
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        response = get_response(request)
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != chosen:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
            )
        return _varied(response)

    return middleware


def _varied(response: HttpResponseBase) -> HttpResponseBase:
    """LocaleMiddleware tells caches of Accept-Language, and forgets its cookie."""
    if response.get("Content-Type", "").startswith("text/html"):
        patch_vary_headers(response, DECIDED_BY)
    return response


def in_language(address: str, language: str) -> str:
    """The same address of ours in that language, with its other parameters."""
    parts = urlsplit(address)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name != PARAMETER and name not in SECRETS
    ]
    query = urlencode([*kept, (PARAMETER, language)])
    return urlunsplit(parts._replace(query=query, fragment=""))


def public_address(path: str, language: str) -> str:
    """The one address that a page in a language is found under.

    The shop's own language is what the bare address speaks to who asks for none.
    """
    here = path if language == settings.LANGUAGE_CODE else in_language(path, language)
    return f"{settings.SITE_URL}{here}"
