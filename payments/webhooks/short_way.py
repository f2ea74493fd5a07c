"""Stripe's events, before the rest of the house: half of what a duplicate cost was
Django's way to the view. An event brings no cookie, and a signature instead of a host;
nobody reads its answer in a browser."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.utils import translation

from lumira.body_limit import plain_length
from lumira.kit.log_context import begin, new_id
from lumira.maintenance import maintenance
from lumira.request_ids import HEADER
from payments.webhooks.answer_event import answer_event

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

ADDRESS = "/api/payments/webhook"


def events_first(otherwise: Application) -> Application:
    """A WSGI application that takes events itself, and gives `otherwise` all the rest:
    also events while the shop is closed, too large ones, and what is oddly posted."""

    def application(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        length = _length_of_event(environ)
        if length is None or maintenance() is not None:
            return otherwise(environ, start)
        request_started.send(sender=events_first, environ=environ)
        request_id = new_id()
        begin(request_id=request_id)
        translation.activate(settings.LANGUAGE_CODE)
        # What is cut short is not what was signed.
        body = environ["wsgi.input"].read(length)
        response = answer_event(body, environ.get("HTTP_STRIPE_SIGNATURE", ""))
        response[HEADER] = request_id
        response["Cache-Control"] = "no-store"
        response["Content-Length"] = str(len(response.content))
        response["X-Content-Type-Options"] = "nosniff"
        start(f"{response.status_code} {response.reason_phrase}", [*response.items()])
        # The server closes it, and Django hears that the request has ended.
        return response

    return application


def _length_of_event(environ: Environ) -> int | None:
    """Bytes that are to be read; None if it should go the long way."""
    is_plain = (
        environ["PATH_INFO"] == ADDRESS
        and environ["REQUEST_METHOD"] == "POST"
        and "HTTP_X_REQUEST_ID" not in environ
    )
    return plain_length(environ) if is_plain else None
