"""Pages that are the same for everybody: rendered once, then answered from memory.

A browser that has one asks whether it is still the same (ETag), and is told so without
a body. What a page shows besides its version (settings, templates, code) changes with
the process, and what is kept ends with it. A form has something of each visitor in it:
lumira/kept_forms.py. Whole answers: lumira/kept_answers.py.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from hashlib import sha256
from time import monotonic
from typing import Concatenate, ParamSpec, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from lumira.chosen_language import DECIDED_BY, PARAMETER

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Wrapped = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Key = tuple[str, ...]

# As Django names it. What it holds is for one person's eyes.
MESSAGES_COOKIE = "messages"
# More pages than any catalogue has: whoever invents addresses fills no memory.
MOST_PAGES = 2_000


class Kept(Protocol):
    """What can be answered without being rendered."""

    def answer(self, request: HttpRequest) -> HttpResponseBase: ...


@dataclass(frozen=True, slots=True)
class KeptPage:
    body: bytes
    packed: bytes
    etag: str
    content_type: str

    @classmethod
    def of(cls, response: HttpResponse) -> "KeptPage":
        body = response.content
        # Weak: packed or not, it is the same page.
        etag = f'W/"{sha256(body).hexdigest()[:32]}"'
        # Nobody's secret is in it that its size could tell (BREACH).
        packed = gzip.compress(body, mtime=0)
        return cls(body, packed, etag, response["Content-Type"])

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
        body = self.packed if is_packed else self.body
        response = HttpResponse(body, content_type=self.content_type)
        if is_packed:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(body))
        response["ETag"] = self.etag
        response["Cache-Control"] = "no-cache"  # keep it, and ask each time
        patch_vary_headers(response, (*DECIDED_BY, "Accept-Encoding"))
        told = get_conditional_response(request, etag=self.etag, response=response)
        return told or response


class KeptPages:
    """The pages of one version; with the next one they are all forgotten.

    `version` is asked at most every KEPT_VERSION_S seconds: an edit is seen by
    visitors that much later, by the staff at once.
    """

    def __init__(
        self, version: Callable[[], str] = str, *, most: int = MOST_PAGES
    ) -> None:
        self._version = version
        self._most = most
        self._asked = (float("-inf"), "")
        # One value, so that a thread never puts a page among those of another version.
        self._kept: tuple[str, dict[Key, Kept]] = ("", {})

    def same_for_everybody(self, view: View[P]) -> Wrapped[P]:
        """Decorator. Whoever brings a session or a message, and a page that meant
        somebody after all, pass by untouched."""

        @wraps(view)
        def wrapper(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD") or is_somebody(request):
                return view(request, *args, **kwargs)
            place = self.place_of(request) if _is_plain(request) else None
            if place and (kept := place.answer(request)):
                return kept
            response = view(request, *args, **kwargs)
            if not _is_for_everybody(request, response):
                return response
            page = KeptPage.of(response)
            return place.keep(page, request) if place else page.answer(request)

        return wrapper

    def place_of(self, request: HttpRequest, *more: str) -> "Place | None":
        """Where its page is or would be, which has nothing but the path, the language
        and `more` of the request in it. None: nothing is kept for whoever asks."""
        if not settings.KEEPS_PAGES or is_somebody(request):
            return None
        if not is_plainly_asked(request):
            return None
        version = self._current_version()
        key = (request.path, get_language() or "", *more)
        return Place(self, version, key, self._found(version, key))

    def known_version(self) -> str | None:
        """The current one, as long as nobody has to ask for it."""
        at, version = self._asked
        return version if monotonic() - at < settings.KEPT_VERSION_S else None

    def put(self, version: str, key: Key, page: Kept) -> bool:
        """Keep what was rendered, and say whether it is of that version."""
        if self._version() != version:
            return False  # it changed while the page was rendered: of which is it?
        if self._kept[0] != version:
            self._kept = (version, {})
        kept_version, pages = self._kept
        if kept_version == version and len(pages) < self._most:
            pages[key] = page
        return True

    def _current_version(self) -> str:
        version = self.known_version()
        if version is None:
            at, version = monotonic(), self._version()
            self._asked = (at, version)
        return version

    def _found(self, version: str, key: Key) -> Kept | None:
        kept_version, pages = self._kept
        return pages.get(key) if kept_version == version else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is, or would be, among those of one version."""

    pages: KeptPages
    version: str
    key: Key
    page: Kept | None

    def is_current(self) -> bool:
        """Of the version that is known now. False once somebody has to ask for it."""
        return self.pages.known_version() == self.version

    def answer(self, request: HttpRequest) -> HttpResponseBase | None:
        """Marked for lumira/kept_answers.py, which may keep it whole. None: it is to
        be rendered."""
        if self.page is None:
            return None
        response = self.page.answer(request)
        response.kept_at = self  # type: ignore[attr-defined]
        return response

    def keep(self, page: Kept, request: HttpRequest) -> HttpResponseBase:
        """The answer of what has just been rendered; kept for the next one, too."""
        response = page.answer(request)
        if self.pages.put(self.version, self.key, page):
            response.kept_at = replace(self, page=page)  # type: ignore[attr-defined]
        return response


def is_plainly_asked(request: HttpRequest) -> bool:
    """Nothing tells how its address is to be read, or below which path we lie: both
    would stand in the links of what is kept."""
    asked = request.META
    return not (asked.get("SCRIPT_NAME") or asked.get("CONTENT_TYPE"))


def is_somebody(request: HttpRequest) -> bool:
    cookies = request.COOKIES.keys()
    return settings.SESSION_COOKIE_NAME in cookies or MESSAGES_COOKIE in cookies


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """It is there, and has no nonce of a script and no token of a form in it."""
    return (
        response.status_code == 200
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "csp_nonce", None)
        and not response.cookies
    )


def _is_plain(request: HttpRequest) -> bool:
    """A page repeats other parameters in its links to the other language."""
    return not request.GET.keys() - {PARAMETER}
