"""The whole answer of a kept page, headers and all, before anything else is done.

What an answer depends on is its key, and what is not in the key passes by. So the
same question has the same answer as on the long way, as long as it is true. A form
gets its own token, cookie and nonce, from those who give them on the long way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from lumira.kept_forms import KeptForm
from lumira.kept_pages import Place, is_plainly_asked, is_somebody
from lumira.maintenance import maintenance

Answer = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[object, ...]

# Invented questions fill no memory: then all are forgotten, and begin again. Their
# pages are kept once, by lumira/kept_pages.py.
MOST_ANSWERS = 1_000
LONGEST_QUESTION = 500
# In the environ: lumira/kept_first.py may answer it without Django until then.
KEPT_AT = "lumira.kept_at"


class KeptAnswer(Protocol):
    """As it was given; `place` says until when it is true."""

    @property
    def place(self) -> Place: ...

    def again(self, request: HttpRequest) -> HttpResponseBase: ...


@dataclass(frozen=True, slots=True)
class KeptPageAnswer:
    place: Place
    status: int
    headers: dict[str, str]
    body: bytes

    def again(self, request: HttpRequest) -> HttpResponseBase:
        response = HttpResponse(self.body, status=self.status, headers=self.headers)
        if "Content-Type" not in self.headers:  # 304: Django names one for each answer
            del response["Content-Type"]
        return response


@dataclass(frozen=True, slots=True)
class KeptFormAnswer:
    """`nonce`: the one in the headers, whose place another one takes."""

    place: Place
    headers: dict[str, str]
    form: KeptForm
    nonce: str

    def again(self, request: HttpRequest) -> HttpResponseBase:
        tokens, nonces = CsrfViewMiddleware(_nothing), CSPMiddleware(_nothing)
        tokens.process_request(request)
        nonces.process_request(request)
        response = self.form.answer(request)
        new_nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        for name, value in self.headers.items():
            response.headers[name] = value.replace(self.nonce, new_nonce)
        return tokens.process_response(request, response)


def answer_kept(get_response: Answer) -> Answer:
    """Middleware, behind the one that numbers: what was answered is answered again.

    It asks no database: as soon as somebody has to look at the version, the request
    goes the long way.
    """
    kept: dict[Key, KeptAnswer] = {}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return get_response(request)
        key = _key_of(request)
        found = kept.get(key)
        if found and found.place.is_current() and maintenance() is None:
            if isinstance(found, KeptPageAnswer):
                request.META[KEPT_AT] = found.place
            return found.again(request)
        response = get_response(request)
        answer = _kept_answer(request, response)
        if answer and sum(len(str(part)) for part in key) <= LONGEST_QUESTION:
            # Also when the version has changed: what is left of the old one goes.
            if len(kept) >= MOST_ANSWERS or (found and not found.place.is_current()):
                kept.clear()
            kept[key] = answer
        return response

    return middleware


def _may_be_kept(request: HttpRequest) -> bool:
    asked = request.META
    return (
        settings.KEEPS_PAGES
        and request.method in ("GET", "HEAD")
        and asked.get("CONTENT_LENGTH") in (None, "", "0")
        and not asked.keys() & {"HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"}
        and is_plainly_asked(request)
        and not is_somebody(request)
    )


def _key_of(request: HttpRequest) -> Key:
    """Everything of the request that an answer for everybody may depend on."""
    asked = request.META
    return (
        request.method,
        request.is_secure(),
        asked.get("HTTP_HOST"),
        request.path,
        asked.get("QUERY_STRING"),
        asked.get("HTTP_ACCEPT_LANGUAGE"),
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
        "gzip" in asked.get("HTTP_ACCEPT_ENCODING", ""),
        asked.get("HTTP_IF_NONE_MATCH"),
    )


def _kept_answer(request: HttpRequest, response: HttpResponseBase) -> KeptAnswer | None:
    place: Place | None = getattr(response, "kept_at", None)
    if place is None or not isinstance(response, HttpResponse):
        return None
    headers = dict(response.items())
    if isinstance(place.page, KeptForm):
        if response.cookies.keys() != {settings.CSRF_COOKIE_NAME}:
            return None
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        return KeptFormAnswer(place, headers, place.page, nonce)
    if response.cookies:
        return None
    return KeptPageAnswer(place, response.status_code, headers, response.content)


def _nothing(request: HttpRequest) -> HttpResponseBase:
    raise NotImplementedError
