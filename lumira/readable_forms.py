from collections.abc import Callable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponseBase]


def readable_forms(get_response: Answer) -> Answer:
    """Middleware: what is posted as a form and cannot be read is answered with 400.

    Before a view asks. Django's own error pages look for the CSRF token in the form
    too, and fail in turn: anybody's odd charset would be a 500 of ours. Behind the
    middleware that bounds bodies. The API takes no forms: payments/api/json_paths.py.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            try:
                _ = request.POST
            except (
                *(BadRequest, MultiPartParserError, SuspiciousOperation),
                UnreadablePostError,  # they hung up
            ):
                # Raised, it would be answered by a view that looks for the token.
                return render(request, "400.html", status=400)
        return get_response(request)

    return middleware
