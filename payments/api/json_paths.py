from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from lumira.body_limit import SMALL, announced_size
from payments.api import errors

Answer = Callable[[HttpRequest], HttpResponseBase]


def json_paths(get_response: Answer) -> Answer:
    """Middleware: below /api/ every error is JSON, a large body's too, and a last
    slash is forgiven."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return get_response(request)
        request.path_info = "/api/" + request.path_info[5:].rstrip("/")
        # Before anything reads it: what answers "not found" looks for a CSRF token.
        announced = announced_size(request)
        if announced > SMALL:
            return errors.too_large(request)
        # Django would stumble over what is no number. gunicorn refuses it before us.
        request.META["CONTENT_LENGTH"] = str(announced)
        looks_for_no_token(request)
        response = in_json(get_response(request))
        # How money stands is asked for anew, and belongs to one person.
        add_never_cache_headers(response)
        return response

    return middleware


def looks_for_no_token(request: HttpRequest) -> None:
    """No cookie opens anything to be done here, so there is no token: nor does the
    page for an unknown address look for one, in what it may be unable to read."""
    request.csrf_processing_done = True  # type: ignore[attr-defined]


def in_json(response: HttpResponseBase) -> HttpResponseBase:
    """The same answer, if it is none of Django's pages for what went wrong."""
    if response.status_code < 400:
        return response
    if response.get("Content-Type", "").startswith("application/json"):
        return response
    if response.status_code == 404:
        return _answer(404, "not_found", _("Cette adresse n’existe pas."))
    if response.status_code >= 500:
        message = _("Une erreur est survenue de notre côté. Réessayez.")
        return _answer(response.status_code, "internal_error", message)
    if response.status_code == 405:
        refused = _answer(
            405, "method_not_allowed", _("Cette méthode n’est pas acceptée ici.")
        )
        refused["Allow"] = response["Allow"]
        return refused
    return response


def _answer(status: int, error: str, message: str) -> HttpResponse:
    return JsonResponse({"error": error, "message": message}, status=status)
