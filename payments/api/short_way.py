"""The two calls that a payer waits for, before the rest of the house: half of what a
poll cost was Django's way to its view.

What the middlewares add to a plain answer is the same for every caller, so they are
asked once, for each language, with TLS and without: that call goes by all of them, and
its headers are remembered. ninja's view is the same by either way.
"""

import re
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, cast

from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_started
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, set_script_prefix
from django.utils import translation
from django.utils.http import http_date
from django.utils.log import log_response

from lumira.body_limit import plain_length
from lumira.kit.log_context import begin
from lumira.maintenance import maintenance
from lumira.request_ids import HEADER, id_of
from payments.api.json_paths import in_json, looks_for_no_token

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
View = Callable[..., HttpResponse]
Key = tuple[str, bool]
Learnt = dict[Key, list[tuple[str, str]]]

ORDER = "/api/payments/order/"
START = "/api/payments/create-payment-intent"
_AN_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What each answer says for itself.
_ITS_OWN = {"content-type", "content-length", "expires", HEADER.lower()}
# Nothing of the kind comes by a plain call; if it did, nobody else must be told.
_ONE_CALLERS = {"set-cookie", "content-encoding"}


def payers_first(otherwise: Application) -> Application:
    """A WSGI application that takes plain calls itself, and gives `otherwise` all the
    rest: other hosts, http where https is wanted, while the shop is closed, whatever
    is oddly asked."""
    learnt: Learnt = {}

    def application(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        given = _plainly_given(environ)
        if given is None or maintenance() is not None:
            return otherwise(environ, start)
        request = WSGIRequest(environ)
        if not _is_for_us(request):
            return otherwise(environ, start)
        language = translation.get_language_from_request(request)
        # Where http is sent on to https, there is no answer to learn from without TLS.
        key = (language, request.is_secure())
        if key not in learnt:
            return otherwise(environ, _learning(start, learnt, key))
        set_script_prefix("/")
        request_started.send(sender=payers_first, environ=environ)
        request_id = id_of(request)
        begin(request_id=request_id)
        translation.activate(language)
        response = _answer(request, given)
        own = [
            *response.items(),
            ("Content-Length", str(len(response.content))),
            ("Expires", http_date(time.time())),
            (HEADER, request_id),
        ]
        line = f"{response.status_code} {response.reason_phrase}"
        start(line, [*own, *learnt[key]])
        # The server closes it, and Django hears that the request has ended.
        return response

    return application


@cache
def _view(address: str) -> View:
    """The one that Django's way leads to."""
    return resolve(address).func


def _learning(
    start: Callable[..., Any], learnt: Learnt, key: Key
) -> Callable[..., Any]:
    """`start`, that remembers what the middlewares said of an answer that went well."""

    def started(line: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        usual = [one for one in headers if one[0].lower() not in _ITS_OWN]
        if line == "200 OK" and not {name.lower() for name, _ in usual} & _ONE_CALLERS:
            learnt[key] = usual
        return start(line, headers, *more)

    return started


def _plainly_given(environ: Environ) -> dict[str, str] | None:
    """What the view is given besides the request; None if it should go the long way."""
    if environ.get("QUERY_STRING") or environ.get("SCRIPT_NAME"):
        return None
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if path == START and method == "POST":
        return {} if plain_length(environ) is not None else None
    if path.startswith(ORDER) and method == "GET" and not _brings_a_body(environ):
        order_id = path[len(ORDER) :]
        return {"order_id": order_id} if _AN_ID.fullmatch(order_id) else None
    return None


def _brings_a_body(environ: Environ) -> bool:
    is_chunked = "HTTP_TRANSFER_ENCODING" in environ
    return is_chunked or environ.get("CONTENT_LENGTH", "") not in ("", "0")


def _is_for_us(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _answer(request: HttpRequest, given: dict[str, str]) -> HttpResponse:
    """As Django's handler does: what nobody caught is an answer, and refusals are
    logged."""
    looks_for_no_token(request)
    view = _view(f"{ORDER}id" if given else START)
    try:
        given_back = view(request, **given)
    except Exception as error:  # whatever it is, somebody waits for an answer
        given_back = response_for_exception(request, error)
    response = cast(HttpResponse, in_json(given_back))
    if response.status_code >= 400:
        log_response(
            "%s: %s",
            response.reason_phrase,
            request.path,
            response=response,
            request=request,
        )
    return response
