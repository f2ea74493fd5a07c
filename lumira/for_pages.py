"""What only pages need: sessions, forms, logins, messages. The API goes round it.

Two marks in MIDDLEWARE; between them stands what `/api/payments/` leaves out. No cookie
of a session opens anything there, and it takes no forms.
"""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

API = "/api/payments/"

# Django builds the chain from its end: what comes behind is known before the begin is.
_behind: list[Answer] = []


def for_pages_end(get_response: Answer) -> Answer:
    """Middleware: from here on the API is served as well."""
    _behind.append(get_response)
    return get_response


def for_pages_begin(get_response: Answer) -> Answer:
    """Middleware: the API is served from `for_pages_end` on."""
    if not _behind:
        raise ImproperlyConfigured("MIDDLEWARE has for_pages_begin without its end.")
    behind = _behind.pop()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_api = request.path_info.startswith(API)
        return behind(request) if is_api else get_response(request)

    return middleware
