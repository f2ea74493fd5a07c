import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponseBase]

SMALL = 1_000_000
# The API says in JSON that a body is too large, and does not read it either.
API_ANSWERS_ITSELF = 2**62
# Three pictures of 10 MB with the form around them; one portrait.
LARGE = {"/commande/": 32_000_000, "/admin/orders/expert/": 12_000_000}
# A reading with five files of 50 MB.
WRITING = re.compile(r"/admin/orders/order/[0-9a-f-]{36}/ecrire/")
READING = 270_000_000


def limit_bodies(get_response: Answer) -> Answer:
    """Middleware: what announces more than its page takes is refused unread.

    Django bounds forms but not the files in them, and would spool those to disk
    before anything else looks at the request. Without a length nothing is read.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            announced = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            announced = 0
        if announced <= _limit(request.path_info):
            return get_response(request)
        return render(request, "413.html", status=413)

    return middleware


def _limit(path: str) -> int:
    if path.startswith("/api/"):
        return API_ANSWERS_ITSELF
    if WRITING.fullmatch(path):
        return READING
    return next((size for page, size in LARGE.items() if path.startswith(page)), SMALL)
