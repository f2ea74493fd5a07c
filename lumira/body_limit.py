import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponseBase]

SMALL = 1_000_000


@dataclass(frozen=True, slots=True)
class LargePage:
    """A page that takes more than SMALL. With permissions: from whoever has one."""

    address: re.Pattern[str]
    limit: int
    permissions: tuple[str, ...] = ()


LARGE = (
    # Three pictures of 10 MB with the form around them.
    LargePage(re.compile(r"/commande/"), 32_000_000),
    # One portrait.
    LargePage(
        re.compile(r"/admin/orders/expert/"),
        12_000_000,
        ("orders.add_expert", "orders.change_expert"),
    ),
    # A reading with five files of 50 MB.
    LargePage(
        re.compile(r"/admin/orders/order/[0-9a-f-]{36}/ecrire/$"),
        270_000_000,
        ("orders.write_reading",),
    ),
)


def limit_bodies(get_response: Answer) -> Answer:
    """Middleware: what announces more than its page takes is refused unread.

    Django bounds forms but not the files in them, and looks for its CSRF token in
    them, so it would spool everything to disk before a view asks who is there. Behind
    the middleware that knows who it is, therefore. Without a length nothing is read.
    The API has refused in JSON already: payments/api/json_paths.py.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        announced = announced_size(request)
        if announced <= SMALL:
            return get_response(request)
        page = _large_page(request.path_info)
        if page and page.permissions:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(request.user.has_perm(name) for name in page.permissions):
                # Raised, it would be answered by a view that looks for the token.
                return render(request, "403.html", status=403)
        if page is None or announced > page.limit:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def announced_size(request: HttpRequest) -> int:
    """Bytes of the body, as its sender says; no more than that is ever read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def plain_length(environ: Mapping[str, Any]) -> int | None:
    """Bytes of a small body that is plainly announced; None for any other, and for
    one that comes in chunks."""
    length = environ.get("CONTENT_LENGTH", "")
    is_plain = (
        length.isascii() and length.isdecimal() and len(length) <= len(str(SMALL))
    )
    if not is_plain or "HTTP_TRANSFER_ENCODING" in environ:
        return None
    return int(length) if int(length) <= SMALL else None


def _large_page(path: str) -> LargePage | None:
    return next((page for page in LARGE if page.address.match(path)), None)
