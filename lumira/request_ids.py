"""Every request has an id: in each line of the log, in the answer, on error pages."""

import re
from collections.abc import Callable
from typing import Any

from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from lumira.kit.log_context import begin, new_id, note
from lumira.kit.log_filter import scrubbed

Answer = Callable[[HttpRequest], HttpResponseBase]

HEADER = "X-Request-Id"
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{7,63}")


def number_requests(get_response: Answer) -> Answer:
    """Middleware, the outermost: take the request's id, or make one, and answer it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request_id = id_of(request)
        begin(request_id=request_id)
        response = get_response(request)
        response[HEADER] = request_id
        return response

    return middleware


def name_the_staff(get_response: Answer) -> Answer:
    """Middleware, behind the logins: in the admin the log says whose request it is."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            note(actor=request.user.pk)
        return get_response(request)

    return middleware


@receiver(request_finished)
def _nothing_more_of_it(**_kwargs: Any) -> None:
    """Not when the middleware is done: Django logs refusals later, and streams."""
    begin()


def id_of(request: HttpRequest) -> str:
    """What the request calls itself, where that can be shown; else a new one."""
    given: str = request.META.get("HTTP_X_REQUEST_ID", "")
    if given and request.path_info.startswith("/api/"):
        # There it is a key as well: whoever knows it is given the order and the
        # secret to pay it. A repeat has the same digest, and nobody can go back.
        return "k" + salted_hmac("lumira.request_ids", given).hexdigest()[:16]
    if WELL_FORMED.fullmatch(given) and scrubbed(given) == given:
        return given
    return new_id()
